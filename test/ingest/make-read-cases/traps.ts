import iconv from 'iconv-lite';
import { make } from './case-file.ts';

make(
  'four-rows-three-damages',
  'A stray mark, a short row and a long row in four lines: each row stays, and each damage is told',
  'id,name,amount\n1,"Anna,10\n2,Bo\n3,Cia,30,extra\n',
  {
    headers: ['id', 'name', 'amount'],
    rows: [
      ['1', '"Anna', '10'],
      ['2', 'Bo', ''],
      ['3', 'Cia', '30', 'extra'],
    ],
    findings: { 'recovered-row': 1, 'short-row': 1, 'long-row': 1 },
  },
);
make(
  'report-with-everything',
  'A preamble, a total, a note and padded blank rows, with decimal commas',
  'Monthly report;;\nJuly 2026;;\n;;\nregion;jobs;cost\nNord;14;1.200,50\nSüd;9;830,00\nGesamt;23;2.030,50\n;;\nStand: 1.7.2026;;\n',
  {
    headers: ['region', 'jobs', 'cost'],
    rows: [
      ['Nord', '14', '1.200,50'],
      ['Süd', '9', '830,00'],
    ],
    preamble: 3,
    footer: 2,
  },
);
make(
  'comments-with-delimiters',
  'A comment above the header has as many delimiters as the table',
  '# export of the field system\n# by A. Person, 2026\nid,name\n1,Anna\n# pause\n2,Bo\n3,Cia\n',
  {
    headers: ['id', 'name'],
    rows: [
      ['1', 'Anna'],
      ['2', 'Bo'],
      ['3', 'Cia'],
    ],
    dialect: { headerLine: 3 },
    preamble: 2,
  },
);
make(
  'wrapped-rows-broken',
  'Rows stand in quotation marks as a whole, and the marks within are not doubled enough',
  '"id,name,note"\n"1,Anna,""says ""hi"" twice"""\n"2,Bo,ok"\n',
  {
    headers: ['id', 'name', 'note'],
    rows: [
      ['1', 'Anna', 'says "hi" twice'],
      ['2', 'Bo', 'ok'],
    ],
    findings: { 'unwrapped-row': 2 },
  },
);
make(
  'quoted-newlines-crlf',
  'Cells hold other line breaks than the file',
  'id,note\n1,"two\nlines"\n2,"three\r\n\r\nlines"\n3,plain\n',
  {
    headers: ['id', 'note'],
    rows: [
      ['1', 'two\nlines'],
      ['2', 'three\r\n\r\nlines'],
      ['3', 'plain'],
    ],
    dialect: { newline: '\n' },
    findings: {},
  },
);
const PRICES = [
  ['artikel', 'preis'],
  ['Käse', '3,50 €'],
  ['Brot', '2,80 €'],
  ['Möhre', '1,20 €'],
];
for (const [name, encoding] of Object.entries({
  '1252': 'Windows-1252',
  'latin-9': 'ISO-8859-15',
  utf16le: 'UTF-16LE',
  utf16be: 'UTF-16BE',
}))
  make(
    `euro-${name}`,
    'A short file with the euro sign, without mark',
    iconv.encode(`${PRICES.map((row) => row.join(';')).join('\n')}\n`, encoding),
    {
      headers: PRICES[0] ?? [],
      rows: PRICES.slice(1),
      encoding,
      findings: { 'encoding-assumed': 1 },
    },
  );
