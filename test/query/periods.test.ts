import { expect, test } from 'vitest';
import { cutAfter, periodOfLabel, periodRow, wholeSpan } from '../../analytics/query/periods.ts';

const labels = (row: ReturnType<typeof periodRow>) => row.periods.map((period) => period.label);

test('months end on their last day, February in a leap year too', () => {
  const row = periodRow('month', ['2024-01', '2024-03'], 1);
  expect(row.periods.map((period) => [period.label, period.firstDay, period.lastDay])).toEqual([
    ['2024-01', '2024-01-01', '2024-01-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2024-03', '2024-03-01', '2024-03-31'],
  ]);
});

test('quarters and years are widened to whole ones', () => {
  const row = periodRow('quarter', ['2026-02', '2026-07'], 1);
  expect(labels(row)).toEqual(['2026-Q1', '2026-Q2', '2026-Q3']);
  expect(row.periods[0]?.firstDay).toBe('2026-01-01');
  expect(labels(periodRow('year', ['2025-12', '2026-01'], 1))).toEqual(['2025', '2026']);
});

test('a fiscal year that begins in October is named by the year it ends in', () => {
  const quarters = periodRow('quarter', ['2025-10', '2026-09'], 10);
  expect(labels(quarters)).toEqual(['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4']);
  const year = periodRow('year', ['2025-12', '2025-12'], 10).periods[0];
  expect(year).toMatchObject({ label: '2026', firstDay: '2025-10-01', lastDay: '2026-09-30' });
});

test('quarters follow a fiscal year that begins in February', () => {
  const [quarter] = periodRow('quarter', ['2026-01', '2026-01'], 2).periods;
  expect(quarter).toMatchObject({ label: '2026-Q4', firstDay: '2025-11-01', lastDay: '2026-01-31' });
});

test.each([1, 2, 7, 10, 12])('a label gives back its period, with the fiscal year beginning in month %i', (start) => {
  for (const grain of ['month', 'quarter', 'year'] as const) {
    for (const period of periodRow(grain, ['2024-11', '2026-10'], start).periods) {
      expect(periodOfLabel(period.label, start).periods).toEqual([period]);
    }
  }
});

test('a span of several months is one period', () => {
  expect(wholeSpan('2026-08', '2026-10').periods).toEqual([
    {
      label: '2026-08..2026-10',
      firstDay: '2026-08-01',
      lastDay: '2026-10-31',
      firstMonth: 2026 * 12 + 7,
      lastMonth: 2026 * 12 + 9,
    },
  ]);
  expect(cutAfter(wholeSpan('2026-08', '2026-10'), '2026-10-15').periods[0]).toMatchObject({ lastDay: '2026-10-15', cut: true });
});
