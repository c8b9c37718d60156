import { joined, make, ROWS, stray, withLine, withRow, written } from './case-file.ts';

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
