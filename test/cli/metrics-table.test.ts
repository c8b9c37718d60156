import { expect, test } from 'vitest';
import { formatFlow, formatMetrics, formatRecords, metricsCsv } from '../../analytics/cli/metrics-table.ts';
import type { MetricRow } from '../../analytics/contract/metric-query.ts';
import type { RecordRow } from '../../analytics/contract/records.ts';
import { recordsCsv } from '../../analytics/contract/records-csv.ts';

const ROW: MetricRow = {
  metric: 'ncv-01.5/first-time-fix-rate',
  stage: 'NCV-01.5',
  name: 'First-time fix rate',
  unit: 'fraction',
  direction: 'up',
  kind: 'proportion',
  period: '2026-10',
  by: { segment: 'fleet' },
  value: 0.842,
  num: 842,
  den: 1000,
  n: 1000,
  low: 0.8,
  high: 0.9,
  median: null,
  p85: null,
  p95: null,
  bounds: null,
  target: 0.8,
  rating: 'meeting',
  provisional: false,
  partial: false,
  pending: 0,
  note: null,
};

const answerOf = (rows: readonly MetricRow[]) => ({ asOf: '2026-10-31', timeZone: 'UTC', currency: 'USD', rows });

test('a table for people: aligned, values with their unit, and what is missing said', () => {
  const missing: MetricRow = { ...ROW, period: '2026-09', value: null, n: 0, target: null, rating: null, note: 'no cases' };
  const lines = formatMetrics(answerOf([ROW, missing])).split('\n');
  expect(lines[0]).toBe('metric                        period   segment  value  unit     n  target   rating     note');
  expect(lines[1]).toBe('ncv-01.5/first-time-fix-rate  2026-10  fleet    84.2%        1000  80.0%    Meeting');
  expect(lines[2]).toBe('ncv-01.5/first-time-fix-rate  2026-09  fleet        –           0  not set  Not rated  no cases');
  expect(lines.at(-1)).toBe('Data until 2026-10-31, months in UTC.');
});

test('what unusable rows could have moved stands in the note, bounded or not', () => {
  const noteOf = (row: Partial<MetricRow>) =>
    formatMetrics(answerOf([{ ...ROW, ...row }]))
      .split('\n')[1]
      ?.replace(/^.*Meeting +/, '');
  expect(noteOf({ bounds: { low: 0.712, high: 0.789, unusable: 12 } })).toBe(
    '12 unusable rows could move it between 71.2% and 78.9%',
  );
  expect(noteOf({ note: 'no plan', bounds: { low: 0.5, high: null, unusable: 1 } })).toBe(
    'no plan; 1 unusable row could move it anywhere from 50.0% up',
  );
  expect(noteOf({ bounds: { low: null, high: null, unusable: 2 } })).toBe(
    '2 unusable rows could move it, how far cannot be bounded',
  );
  const [head, line] = metricsCsv(answerOf([{ ...ROW, bounds: { low: 0.712, high: 0.789, unusable: 12 } }])).split('\r\n');
  const cellUnder = (name: string) => line?.split(',')[head?.split(',').indexOf(name) ?? -1];
  expect(['bounds_low', 'bounds_high', 'unusable'].map(cellUnder)).toEqual(['0.712', '0.789', '12']);
});

test('CSV keeps every figure in full and leaves null empty', () => {
  const [head, line] = metricsCsv(answerOf([ROW])).split('\r\n');
  expect(head?.split(',')).toHaveLength(line?.split(',').length ?? 0);
  expect(line).toBe(
    'ncv-01.5/first-time-fix-rate,NCV-01.5,First-time fix rate,fraction,up,proportion,2026-10,fleet,0.842,842,1000,1000,0.8,0.9,,,,,,0,0.8,0.8,meeting,false,false,0,',
  );
});

const RECORD: RecordRow = {
  entityTable: 'lead',
  entityId: '=cmd|calc!A1',
  day: '2026-10-01',
  segment: 'a "quoted", cell',
  region: '@home',
  product: '-1',
  channel: '',
  crew: 'unknown',
  num: -1,
  den: 1,
  mature: true,
  batch: 1,
  file: '/data/a,b.csv',
  line: 2,
};

test('CSV escapes what a spreadsheet would run as a formula, and quotes by RFC 4180; numbers stay numbers', () => {
  const page = { metric: 'm', period: '2026-10', total: 1, bounds: null, rows: [RECORD] };
  expect(recordsCsv(page).split('\r\n')[1]).toBe(
    `lead,'=cmd|calc!A1,2026-10-01,"a ""quoted"", cell",'@home,-1,,unknown,-1,1,true,1,"/data/a,b.csv",2`,
  );
});

test('records for people say how many there are beyond the page', () => {
  const page = { metric: 'm', period: '2026-10', total: 5, bounds: { low: null, high: null, unusable: 2 }, rows: [RECORD] };
  expect(formatRecords(page)).toContain('m, 2026-10: 1 of 5 records; 2 unusable rows could have been among them');
});

test('a flow for people has a line a stage, and its notes beneath', () => {
  const stage = {
    stage: 'NCV-01.1',
    name: 'Demand',
    entered: 10,
    newCases: 10,
    passed: 6,
    dropped: 1,
    returned: 0,
    open: 3,
    conversion: 6 / 7,
  };
  const times = { medianDays: 4.25, p85Days: null, wip: 3, medianAgeDays: 2, pastPromise: 0, reworkShare: null };
  const flow = {
    asOf: '2026-10-31',
    stream: 'NCV-01',
    from: '2026-09',
    to: '2026-10',
    stages: [{ ...stage, ...times }],
    notes: ['a note'],
  };
  const text = formatFlow(flow);
  expect(text).toContain('85.7%');
  expect(text).toContain('NCV-01, 2026-09 to 2026-10, data until 2026-10-31');
  expect(text.endsWith('- a note')).toBe(true);
});
