import { HEADERS, joined, line, lines, make, PLAIN, ROWS, stray, withLine, withRow, written } from './case-file.ts';

for (const at of [0, 11, 23]) {
  const row = PLAIN[at] ?? [];
  const text = (rows: readonly (readonly string[])[]) => written([HEADERS, ...rows]);
  make(`short-row-${at}`, 'A row lacks its last cells', text(withRow(at, row.slice(0, 7), PLAIN)), {
    rows: withRow(at, [...row.slice(0, 7), '', ''], PLAIN),
    findings: { 'short-row': 1 },
  });
  make(`long-row-${at}`, 'A row has cells too many; they are kept', text(withRow(at, [...row, 'more', 'yet more'], PLAIN)), {
    rows: withRow(at, [...row, 'more', 'yet more'], PLAIN),
    findings: { 'long-row': 1 },
  });
  make(`row-semicolons-${at}`, 'A row is written with semicolons', withLine(at + 1, line(ROWS[at] ?? [], { delimiter: ';' })), {
    findings: { 'other-delimiter': 1 },
  });
  make(`row-tabs-${at}`, 'A row is written with tabs', withLine(at + 1, line(ROWS[at] ?? [], { delimiter: '\t' })), {
    findings: { 'other-delimiter': 1 },
  });
}
make(
  'wrapped-rows',
  'Some rows stand in quotation marks as a whole',
  joined(lines.map((each, at) => (at % 4 === 3 ? `"${each.replaceAll('"', '""')}"` : each))),
);
make(
  'wrapped-all',
  'All rows stand in quotation marks as a whole',
  joined(lines.map((each) => `"${each.replaceAll('"', '""')}"`)),
);
make(
  'quote-missing-end',
  'A mark opens nothing in a file that quotes no such cell: it stays what it is, text',
  withLine(10, [`"${stray[0]}`, ...stray.slice(1)].join(',')),
  { rows: withRow(9, [`"${stray[0]}`, ...stray.slice(1)]), findings: { 'recovered-row': 1 } },
);
make(
  'quote-missing-end-all',
  'A mark opens nothing in a row whose other cells are all quoted: its partner is lost',
  withLine(10, [`"${stray[0]}`, ...stray.slice(1).map((cell) => (cell === '' ? '' : line([cell], { all: true })))].join(',')),
  { findings: { 'recovered-row': 1 } },
);
make(
  'quote-before-quoted',
  'A mark opens nothing, and quoted cells with delimiters come after it',
  withLine(
    10,
    [stray[0], `"${stray[1]}`, stray[2], '"Mühlweg, rear"', ...stray.slice(4, 7), '"said ""later"", twice"', stray[8]].join(','),
  ),
  {
    rows: withRow(9, [
      stray[0] ?? '',
      `"${stray[1]}`,
      stray[2] ?? '',
      'Mühlweg, rear',
      ...stray.slice(4, 7),
      'said "later", twice',
      stray[8] ?? '',
    ]),
    findings: { 'recovered-row': 1 },
  },
);
make(
  'quote-last-in-quoted',
  'A mark that should be doubled stands at the end of a quoted cell',
  withLine(10, [...stray.slice(0, 3), '"bay 3, 48""', ...stray.slice(4, 7), '"two, or three"', stray[8]].join(',')),
  {
    rows: withRow(9, [...stray.slice(0, 3), 'bay 3, 48"', ...stray.slice(4, 7), 'two, or three', stray[8] ?? '']),
    findings: { 'recovered-row': 1 },
  },
);
make(
  'quote-in-header',
  'A stray mark stands in the header',
  withLine(0, HEADERS.map((name, at) => (at === 2 ? `"${name}` : name)).join(',')),
  {
    headers: HEADERS.map((name, at) => (at === 2 ? `"${name}` : name)),
  },
);
make(
  'quote-inside',
  'A stray mark inside a plain cell',
  withLine(10, [stray[0], stray[1], stray[2], 'Old 12" Mill', ...stray.slice(4)].join(',')),
  { rows: withRow(9, [...stray.slice(0, 3), 'Old 12" Mill', ...stray.slice(4)]) },
);
make(
  'quote-unescaped',
  'Marks in one quoted cell are not doubled',
  withLine(10, [stray[0], stray[1], stray[2], '"the "old, new" mill"', ...stray.slice(4)].join(',')),
  { rows: withRow(9, [...stray.slice(0, 3), 'the "old, new" mill', ...stray.slice(4)]) },
);
make(
  'quote-blanks',
  'Blanks stand before the quotation marks',
  withLine(10, [stray[0], stray[1], stray[2], ' "rear, left"', ...stray.slice(4)].join(',')),
  { rows: withRow(9, [...stray.slice(0, 3), 'rear, left', ...stray.slice(4)]) },
);
make(
  'quoted-newlines',
  'Line breaks in quoted cells',
  written([HEADERS, ...withRow(4, [...(ROWS[4] ?? []).slice(0, 7), 'first\nsecond\n\nfourth', 'x@y.org'])]),
  { rows: withRow(4, [...(ROWS[4] ?? []).slice(0, 7), 'first\nsecond\n\nfourth', 'x@y.org']) },
);
make(
  'trailing-delimiters',
  'Every line ends in a delimiter: a column without name and values',
  joined(lines.map((each) => `${each},`)),
  {
    headers: [...HEADERS, ''],
    rows: ROWS.map((row) => [...row, '']),
  },
);
make(
  'trailing-delimiters-rows',
  'Every row but the header ends in a delimiter',
  joined(lines.map((each, at) => (at === 0 ? each : `${each},`))),
  { headers: [...HEADERS, ''], rows: ROWS.map((row) => [...row, '']) },
);
make(
  'row-gap',
  'A row has a delimiter too many: what comes after it would stand under the wrong names',
  withLine(10, [...stray.slice(0, 4), '', ...stray.slice(4)].map((cell) => (cell === '' ? '' : line([cell]))).join(',')),
  { findings: { 'shifted-row': 1 } },
);
