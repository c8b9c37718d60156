import iconv from 'iconv-lite';
import { ALL, CLEAN, HEADERS, joined, line, lines, make, PLAIN, ROWS, written } from './case-file.ts';

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
make(
  'encoding-signs',
  'Signs of Windows-1252 that were saved as control characters of UTF-8',
  CLEAN.replaceAll('’', '\u0092').replaceAll('grid, 2 h', 'grid \u0096 2 h'),
  {
    encoding: 'UTF-8',
    rows: ROWS.map((row) => row.map((cell) => cell.replaceAll('grid, 2 h', 'grid – 2 h'))),
    findings: { 'encoding-mended': 8 },
  },
);
