import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import iconv from 'iconv-lite';
import { type Expected, HEADERS, line, PLAIN, ROWS, written } from './written-table.ts';

/** Writes the cases of `read-cases`: one table of our own, damaged in one way each, beside what is to be understood of it. */
const folder = path.join(import.meta.dirname, 'read-cases');
mkdirSync(folder, { recursive: true });

function make(name: string, reason: string, content: string | Buffer, expected: Partial<Expected> = {}): void {
  const { headers = HEADERS, rows = ROWS, ...more } = expected;
  writeFileSync(path.join(folder, `${name}.csv`), content);
  writeFileSync(
    path.join(folder, `${name}.json`),
    `${JSON.stringify({ reason, expect: { headers, ...more, rows } }, null, 1)}\n`,
  );
}

const ALL = [HEADERS, ...ROWS];
const CLEAN = written(ALL);
const lines = CLEAN.split('\n').slice(0, -1);
const joined = (changed: readonly string[]) => `${changed.join('\n')}\n`;
const withLine = (index: number, text: string) => joined(lines.map((each, at) => (at === index ? text : each)));
const withRow = (index: number, cells: readonly string[], rows = ROWS) => rows.map((row, at) => (at === index ? cells : row));

make('clean', 'The table as it should be', CLEAN, {
  dialect: { delimiter: ',', quote: '"', headerLine: 1, newline: '\n' },
  findings: {},
});
for (const [name, delimiter] of Object.entries({
  semicolon: ';',
  tab: '\t',
  pipe: '|',
  caret: '^',
  tilde: '~',
  colon: ':',
  space: ' ',
  hash: '#',
  'double-pipe': '||',
  'comma-space': ', ',
  'semicolon-space': '; ',
  'double-colon': '::',
  'pipe-tilde-pipe': '|~|',
  unit: '\u001f',
}))
  make(`delimiter-${name}`, `Cells parted by ${JSON.stringify(delimiter)}`, written(ALL, { delimiter }), {
    dialect: { delimiter },
  });
make(
  'delimiter-declared',
  'A first line for spreadsheets tells the delimiter',
  `sep=;\r\n${written(ALL, { delimiter: ';', newline: '\r\n' })}`,
  {
    dialect: { delimiter: ';', headerLine: 2 },
  },
);
make(
  'decimal-comma',
  'Decimal commas in a file of semicolons',
  written([HEADERS, ...ROWS.map((row) => row.map((cell, at) => (at === 6 || at === 5 ? cell.replace('.', ',') : cell)))], {
    delimiter: ';',
  }),
  {
    rows: ROWS.map((row) => row.map((cell, at) => (at === 6 || at === 5 ? cell.replace('.', ',') : cell))),
    dialect: { delimiter: ';' },
  },
);
make('quote-single', 'Cells in single quotation marks', written(ALL, { quote: "'" }).replaceAll('’', '’'), {
  dialect: { quote: "'" },
});
make('quote-single-all', 'Every cell in single quotation marks', written(ALL, { quote: "'", all: true }), {
  dialect: { quote: "'" },
});
make('quote-all', 'Every cell in quotation marks', written(ALL, { all: true }));
make('quote-none', 'No quotation marks at all', written([HEADERS, ...PLAIN], { quote: '' }), { rows: PLAIN });
make('escape-backslash', 'Marks in cells stand behind a backslash', written(ALL, { escape: '\\', all: true }), {
  dialect: { escape: '\\' },
});
make('escape-backslash-few', 'Only cells that need it are quoted, with a backslash', written(ALL, { escape: '\\' }), {
  dialect: { escape: '\\' },
});
make(
  'escape-none',
  'Marks in quoted cells are not escaped',
  joined(ALL.map((row) => row.map((cell) => (/[",]/.test(cell) ? `"${cell}"` : cell)).join(','))),
);
for (const [name, newline] of Object.entries({ crlf: '\r\n', cr: '\r' }))
  make(`newline-${name}`, 'Another line break', written(ALL, { newline }), { dialect: { newline } });
make(
  'newline-mixed',
  'Line breaks of three kinds in one file',
  ALL.map((row, at) => line(row) + ['\n', '\r\n', '\r'][at % 3]).join(''),
);
make('newline-none-at-end', 'The last line has no end', CLEAN.trimEnd());
make('newline-two-at-end', 'The last line is followed by blank ones', `${CLEAN}\n\n`);
make('blank-lines', 'Blank lines between rows', joined(lines.flatMap((each, at) => (at % 5 === 2 ? [each, ''] : [each]))));
make(
  'blank-lines-of-blanks',
  'Lines of nothing but blanks',
  joined(lines.flatMap((each, at) => (at % 5 === 2 ? [each, '   '] : [each]))),
);
make('mark-utf8', 'A byte order mark at the start', `\ufeff${CLEAN}`, { encoding: 'UTF-8' });
make('encoding-utf16le', 'UTF-16, little end first', iconv.encode(`\ufeff${CLEAN}`, 'UTF-16LE'), { encoding: 'UTF-16LE' });
make('encoding-utf16be', 'UTF-16, big end first', iconv.encode(`\ufeff${CLEAN}`, 'UTF-16BE'), { encoding: 'UTF-16BE' });
make('encoding-utf16le-bare', 'UTF-16 without mark', iconv.encode(CLEAN, 'UTF-16LE'), { encoding: 'UTF-16LE' });
make('encoding-windows-1252', 'Windows-1252 with a curly apostrophe', iconv.encode(CLEAN, 'windows-1252'), {
  encoding: 'Windows-1252',
});
make('encoding-latin-1', 'ISO-8859-1', iconv.encode(CLEAN.replaceAll('’', ' '), 'ISO-8859-1'), {
  rows: ROWS.map((row) => row.map((cell) => cell.replaceAll('’', ' '))),
});
make('encoding-latin-9', 'ISO-8859-15 with a euro sign', iconv.encode(CLEAN.replaceAll('’', '€'), 'ISO-8859-15'), {
  encoding: 'ISO-8859-15',
  rows: ROWS.map((row) => row.map((cell) => cell.replaceAll('’', '€'))),
});
make('header-none', 'No header: the first row is data', written(ROWS), {
  headers: [],
  dialect: { headerLine: null },
  findings: { 'no-header': 1 },
});
make('header-only', 'A header and no rows', written([HEADERS]), { rows: [] });
make('header-two-rows', 'The header stands on two rows', written([HEADERS, HEADERS.map((name) => `${name} unit`), ...ROWS]), {
  headers: HEADERS.map((name) => `${name} ${name} unit`),
  findings: { 'header-rows': 2 },
});
make(
  'header-three-rows',
  'The header stands on three rows',
  written([HEADERS, HEADERS.map(() => 'as'), HEADERS.map(() => 'text'), ...ROWS]),
  { headers: HEADERS.map((name) => `${name} as text`) },
);
make('header-one-short', 'The header lacks its last name', written([HEADERS.slice(0, -1), ...ROWS]), {
  headers: [...HEADERS.slice(0, -1), ''],
});
make('header-one-long', 'The header has a name too many', written([[...HEADERS, 'surplus'], ...ROWS]), {
  headers: [...HEADERS, 'surplus'],
  rows: ROWS.map((row) => [...row, '']),
});
make(
  'header-repeated',
  'The header comes again in the middle',
  written([HEADERS, ...ROWS.slice(0, 10), HEADERS, ...ROWS.slice(10)]),
  { findings: { 'repeated-header': 1 } },
);
make('header-hash', 'The header begins with a number sign', written([['#job', ...HEADERS.slice(1)], ...ROWS]), {
  headers: ['#job', ...HEADERS.slice(1)],
});
make('header-twins', 'Two columns of one name', written([[...HEADERS.slice(0, 8), 'note'], ...ROWS]), {
  headers: [...HEADERS.slice(0, 8), 'note'],
});
make('one-row', 'One row of data', written([HEADERS, ROWS[1] ?? []]), { rows: ROWS.slice(1, 2) });
make(
  'rownames',
  'Row numbers that the header does not name',
  written([HEADERS, ...ROWS.map((row, at) => [String(at + 1), ...row])]),
  { headers: ['', ...HEADERS], rows: ROWS.map((row, at) => [String(at + 1), ...row]) },
);
make('preamble', 'Lines above the header', `Jobs of the region\nGenerated 2026-07-01 by A. Person\n\n${CLEAN}`, {
  preamble: 2,
  dialect: { headerLine: 4 },
});
make(
  'preamble-padded',
  'Lines above the header, padded with delimiters',
  `Jobs of the region,,,,,,,,\nGenerated,2026-07-01,,,,,,,\n,,,,,,,,\n${CLEAN}`,
  { preamble: 3, dialect: { headerLine: 4 } },
);
make(
  'preamble-prose',
  'A long preamble with commas in it',
  `Jobs, by region, as of July\nPrepared for: the board, the council, and others\nContact: somebody, somewhere\n${CLEAN}`,
  { preamble: 3 },
);
make(
  'footer',
  'A total and notes below the data',
  `${CLEAN}Total,,,,,,7617.00,,\n\nSource: the field system\n"Copyright 2026, nobody"\n`,
  { footer: 3 },
);
make(
  'footer-padded',
  'Notes padded with delimiters',
  `${CLEAN},,,,,,,,\nSource: the field system,,,,,,,,\nGenerated By: A. Person,,,,,,,,\n`,
  { rows: ROWS, footer: 3 },
);
make(
  'comments',
  'Comment lines above and within',
  joined(['# exported 2026-07-01', '# three lines, of comment', ...lines.slice(0, 8), '# a pause', ...lines.slice(8)]),
  {},
);
make('two-tables', 'A second table below the first', `${CLEAN}\nsite,total\nPier 9,4\nStation Sq.,4\nKungsgatan 4,3\n`, {
  otherTables: 1,
});
make(
  'two-tables-joined',
  'A second table of the same width, with no gap',
  CLEAN + written([['crew', 'date', 'end', 'yard', 'van', 'hours', 'cost', 'remark', 'mail'], ...ROWS.slice(0, 3)]),
  { otherTables: 1 },
);
make(
  'two-tables-wider',
  'A wider second table with no gap',
  CLEAN +
    written([['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'k', 'l'], ...ROWS.slice(0, 4).map((row) => [...row, '1', '2'])]),
  { otherTables: 1 },
);
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
const stray = ROWS[9] ?? [];
make('quote-missing-end', 'A quoted cell is not closed', withLine(10, [`"${stray[0]}`, ...stray.slice(1)].join(',')), {});
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
make('trailing-delimiters', 'Every line ends in a delimiter', joined(lines.map((each) => `${each},`)));
make(
  'trailing-delimiters-rows',
  'Every row but the header ends in a delimiter',
  joined(lines.map((each, at) => (at === 0 ? each : `${each},`))),
);
make('single-column', 'One column of words', joined(['site', ...ROWS.map((row) => (row[4] ?? '').replace('*', '-'))]), {
  headers: ['site'],
  rows: ROWS.map((row) => [(row[4] ?? '').replace('*', '-')]),
});
make('single-column-moments', 'One column of moments', joined(['moment', ...ROWS.map((row) => `${row[1]} ${row[2]}`)]), {
  headers: ['moment'],
  rows: ROWS.map((row) => [`${row[1]} ${row[2]}`]),
});
make(
  'single-column-prose',
  'One column of sentences',
  joined([
    'remark',
    'It works now',
    'The cable was too short for the bay',
    'Nothing to do',
    'We came back twice and found it closed',
    'ok',
  ]),
  {
    headers: ['remark'],
    rows: [
      ['It works now'],
      ['The cable was too short for the bay'],
      ['Nothing to do'],
      ['We came back twice and found it closed'],
      ['ok'],
    ],
  },
);
const TEXTS = ['Anna Berg,North,open', 'Bo Ek,South,closed', 'Cia Lind,North,open', 'Dan Ros,West,waiting'].map((each) =>
  each.split(','),
);
make('texts-only', 'A table of nothing but words has a header', written([['name', 'region', 'state'], ...TEXTS]), {
  headers: ['name', 'region', 'state'],
  rows: TEXTS,
});
make('numbers-only', 'A table of nothing but numbers has none', '1,2,3\n4,5,6\n7,8,9\n10,11,12\n', {
  headers: [],
  rows: [
    ['1', '2', '3'],
    ['4', '5', '6'],
    ['7', '8', '9'],
    ['10', '11', '12'],
  ],
});
make(
  'years-as-names',
  'Years are names where the column holds no years',
  written([
    ['region', '2023', '2024', '2025'],
    ['North', '10.5', '11.5', '12'],
    ['South', '7.25', '8', '9.5'],
    ['West', '1.5', '2', '3'],
  ]),
  {
    headers: ['region', '2023', '2024', '2025'],
    rows: [
      ['North', '10.5', '11.5', '12'],
      ['South', '7.25', '8', '9.5'],
      ['West', '1.5', '2', '3'],
    ],
  },
);
make('two-columns', 'Two columns', 'key;value\nalpha;1,5\nbeta;2,5\ngamma;3,25\n', {
  headers: ['key', 'value'],
  rows: [
    ['alpha', '1,5'],
    ['beta', '2,5'],
    ['gamma', '3,25'],
  ],
  dialect: { delimiter: ';' },
});
make('empty', 'Nothing at all', '', { headers: [], rows: [], findings: { empty: 1 } });
make(
  'formula-cells',
  'Cells that a spreadsheet would run are told of',
  withLine(10, [...stray.slice(0, 7), "=cmd|'/c calc'!A1", stray[8]].join(',')),
  { rows: withRow(9, [...stray.slice(0, 7), "=cmd|'/c calc'!A1", stray[8] ?? '']), findings: { 'formula-cell': 1 } },
);
