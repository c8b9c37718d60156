import { HEADERS, make, ROWS, withLine, written } from './case-file.ts';

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
make('header-as-written', 'Blanks around names are theirs', withLine(0, HEADERS.map((name) => ` ${name} `).join(',')), {
  headers: HEADERS.map((name) => ` ${name} `),
});
const QUARTERS = [
  ['North', '10', '9', '12', '11'],
  ['South', '7', '8', '8', '8'],
  ['West', '3', '2', '4', '5'],
];
make(
  'header-groups-above',
  'Names of groups stand above the names',
  written([['', 'Q1', '', 'Q2', ''], ['region', 'plan', 'actual', 'plan', 'actual'], ...QUARTERS]),
  { headers: ['region', 'Q1 plan', 'Q1 actual', 'Q2 plan', 'Q2 actual'], rows: QUARTERS, findings: { 'header-rows': 2 } },
);
make(
  'header-groups-first',
  'The first column has a group name too',
  written([['before', '', 'after', ''], ['x', 'y', 'x', 'y'], ...QUARTERS.map((row) => row.slice(1))]),
  { headers: ['before x', 'before y', 'after x', 'after y'], rows: QUARTERS.map((row) => row.slice(1)) },
);
make(
  'header-groups-below',
  'The names within a group stand below its name, and a blank row between',
  'Expenses of the crew,,,,,\n,,,,,\ndate,place,travel,,,total\n,,,,,\n,,air,rail,car,\n2026-04-13,Pier 9,,135.70,,135.70\n2026-06-22,Old Mill,,42.40,8.00,50.40\n',
  {
    headers: ['date', 'place', 'travel air', 'travel rail', 'travel car', 'total'],
    rows: [
      ['2026-04-13', 'Pier 9', '', '135.70', '', '135.70'],
      ['2026-06-22', 'Old Mill', '', '42.40', '8.00', '50.40'],
    ],
    preamble: 2,
  },
);
make(
  'header-short-twins',
  'Names that are all alike, one fewer than the rows have cells',
  written([['x', 'x', 'x', 'load'], ...QUARTERS]),
  { headers: ['x', 'x', 'x', 'load', ''], rows: QUARTERS, findings: { 'header-width': 1 } },
);
make(
  'header-gap',
  'The header has a delimiter too many',
  withLine(0, [...HEADERS.slice(0, 3), '', ...HEADERS.slice(3)].join(',')),
  {
    findings: { 'header-width': 1 },
  },
);
