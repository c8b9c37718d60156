import { expect, it } from 'vitest';
import type { RecordRow } from '../../analytics/contract/records.ts';
import { recordsCsv } from '../../analytics/contract/records-csv.ts';
import { nextOffset } from '../../renderer/metric-view/metric-queries.ts';

const record: RecordRow = {
  entityTable: 'work_order',
  entityId: 'WO-1',
  day: '2026-10-03',
  segment: 'residential',
  region: 'North, upper',
  product: '=cmd|calc',
  channel: 'say "web"',
  crew: 'unknown',
  num: -1.5,
  den: 1,
  mature: true,
  batch: 1,
  file: 'visits.csv',
  line: 12,
};

it('quotes what needs quotes, and defuses text that a spreadsheet would run but not a negative number', () => {
  const [header, line] = recordsCsv({ metric: 'm', period: '2026-10', total: 1, bounds: null, rows: [record] }).split('\r\n');
  expect(header).toBe('entityTable,entityId,day,segment,region,product,channel,crew,num,den,mature,batch,file,line');
  expect(line).toBe(
    `work_order,WO-1,2026-10-03,residential,"North, upper",'=cmd|calc,"say ""web""",unknown,-1.5,1,true,1,visits.csv,12`,
  );
});

it('leaves a cell empty where a derived row has no file', () => {
  const csv = recordsCsv({
    metric: 'm',
    period: '2026-10',
    total: 1,
    bounds: null,
    rows: [{ ...record, batch: null, file: null, line: null }],
  });
  expect(csv.trimEnd().endsWith(',true,,,')).toBe(true);
});

it('asks for the next page until all rows are here', () => {
  const page = { metric: 'm', period: '2026-10', total: 3, bounds: null, rows: [record, record] };
  expect(nextOffset([page])).toBe(2);
  expect(nextOffset([page, { ...page, rows: [record] }])).toBeUndefined();
  expect(nextOffset([page, { ...page, rows: [] }])).toBeUndefined();
});
