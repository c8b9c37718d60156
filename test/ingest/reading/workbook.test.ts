import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ImportBench, importBench } from '../scratch-file.ts';
import { zipFile } from './zip-file.ts';

let bench: ImportBench;
beforeEach(async () => {
  bench = await importBench();
});
afterEach(() => bench.close());

const text = (words: string) => `<c t="inlineStr"><is><t>${words}</t></is></c>`;
const number = (value: string, style = 0, formula = '') => `<c s="${style}">${formula}<v>${value}</v></c>`;
const row = (...cells: readonly string[]) => `<row>${cells.join('')}</row>`;
const sheet = (...rows: readonly string[]) => `<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>`;

/** A workbook of sheets by name; those that begin with a point are hidden. Styles: 1 a time, 2 hours beyond a day, 3 a share of a hundred. */
function book(sheets: Readonly<Record<string, string>>): Buffer {
  const names = Object.keys(sheets);
  const entries = names.map(
    (name, index) => `<sheet name="${name}" r:id="r${index}"${name.startsWith('.') ? ' state="hidden"' : ''}/>`,
  );
  const relations = names.map((_, index) => `<Relationship Id="r${index}" Target="worksheets/s${index}.xml"/>`);
  return zipFile({
    'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${entries.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${relations.join('')}</Relationships>`,
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy hh:mm"/><numFmt numFmtId="165" formatCode="[h]:mm:ss"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="9"/></cellXfs></styleSheet>',
    ...Object.fromEntries(names.map((name, index) => [`xl/worksheets/s${index}.xml`, sheets[name] ?? ''])),
  });
}

async function stored(columns: string, table: string) {
  return bench.sql.rows({ text: `SELECT ${columns} FROM ${table} ORDER BY line` });
}

test('hours beyond a day are a span, as the sheet shows them', async () => {
  const visits = sheet(
    row(...['visit_id', 'wo_id', 'actual_start', 'pause_min'].map(text)),
    row(text('V1'), text('W1'), number('46023.5', 1), number('0.03125', 2)),
    row(text('V2'), text('W1'), number('46023.5', 1), number('1.125', 2)),
  );
  const report = await bench.importFile('visits.xlsx', book({ Visits: visits }));
  expect(report.files[0]?.rows).toMatchObject({ inserted: 2, rejected: 0 });
  expect(await stored('pause_min', 'visit')).toEqual([{ pause_min: 45 }, { pause_min: 1620 }]);
});

test('a share of a hundred is what the sheet shows, as in an export of it as text', async () => {
  const leads = sheet(
    row(...['lead_id', 'created_at', 'score'].map(text)),
    row(text('L1'), number('46023.5', 1), number('0.85', 3)),
    row(text('L2'), number('46023.5', 1), number('7.0000000000000007E-2', 3)),
  );
  await bench.importFile('leads.xlsx', book({ Leads: leads }));
  expect(await stored('score', 'lead')).toEqual([{ score: 85 }, { score: 7 }]);
});

test('a hidden sheet is not taken where another is there', async () => {
  const tickets = sheet(row(text('ticket_id'), text('opened_at')), row(text('T1'), number('46023.5', 1)));
  const report = await bench.importFile('tickets.xlsx', book({ '.Lists': sheet(row(text('a'))), Tickets: tickets }));
  expect(report.files[0]?.rows.inserted).toBe(1);
});

test('hidden rows are read, and formulas without a value are empty: both are said', async () => {
  const deals = sheet(
    row(text('opp_id'), text('created_at'), text('amount')),
    row(text('O1'), number('46023.5', 1), number('3000.5', 0, '<f>1+2</f>')),
    row(text('O2'), number('46023.5', 1), number('', 0, '<f>A1*2</f>')),
    `<row hidden="1">${text('O3')}${number('46023.5', 1)}${number('7')}</row>`,
  );
  const report = await bench.importFile('deals.xlsx', book({ Deals: deals }));
  const found = report.files[0]?.findings ?? [];
  expect(found.map(({ code, count }) => [code, count])).toEqual(
    expect.arrayContaining([
      ['hidden-rows', 1],
      ['formula-without-value', 1],
    ]),
  );
  expect(await stored('amount_net', 'opportunity')).toEqual([{ amount_net: 3000.5 }, { amount_net: null }, { amount_net: 7 }]);
});

test('a long whole number keeps the digits that the file has', async () => {
  const tickets = sheet(row(text('ticket_id'), text('opened_at')), row(number('123456789012345678'), number('46023.5', 1)));
  await bench.importFile('tickets.xlsx', book({ Tickets: tickets }));
  expect(await stored('ticket_id', 'support_ticket')).toEqual([{ ticket_id: '123456789012345678' }]);
});

test('a gzip file that is cut off is refused with what to do', async () => {
  const whole = gzipSync('ticket_id,opened_at\nT1,2026-01-01T00:00:00Z\n'.repeat(100));
  await expect(bench.importFile('tickets.csv.gz', whole.subarray(0, -20))).rejects.toMatchObject({
    code: 'file-unreadable',
    message: expect.stringMatching(/cut off or damaged .*Copy or download it again/),
  });
});
