import { expect, test } from 'vitest';
import { settingsSchema } from '../../analytics/contract/settings.ts';
import { targetsOf } from '../../analytics/query/targets.ts';
import { metricOfKind } from '../support/observed.ts';

const DAY = '2026-10-31';

test('the settings replace the file, and of several the one that began last counts', () => {
  const metric = metricOfKind('proportion', { targets: [{ value: 0.9, source: 'file' }] });
  const settings = settingsSchema.parse({
    targets: [
      { metric: metric.id, value: 0.92, from: '2026-01-01', source: 'plan' },
      { metric: metric.id, value: 0.91, source: 'plan' },
      { metric: metric.id, value: 0.99, from: '2027-01-01', source: 'plan' },
    ],
  });
  const at = (day: string) => targetsOf(metric, settings)?.({ segment: null, day })?.target;
  expect([at('2025-12-31'), at(DAY), at('2027-01-01')]).toEqual([0.91, 0.92, 0.99]);
  expect(targetsOf(metric, settingsSchema.parse({}))?.({ segment: null, day: DAY })?.target).toBe(0.9);
});

test('one segment takes its own target, then the one for all', () => {
  const metric = metricOfKind('duration', {
    targets: [
      { segment: 'residential', value: 2, source: 'test' },
      { value: 10, source: 'test' },
    ],
  });
  const of = (segment: string | null) => targetsOf(metric, settingsSchema.parse({}))?.({ segment, day: DAY })?.target;
  expect([of('residential'), of('fleet'), of(null)]).toEqual([2, 10, 10]);
});

test('where only segments have targets, all segments together have none and the note says why', () => {
  const metric = metricOfKind('duration', { targets: [{ segment: 'residential', value: 2, source: 'test' }] });
  const settings = settingsSchema.parse({});
  expect(targetsOf(metric, settings)?.({ segment: null, day: DAY })).toEqual({
    target: null,
    note: 'target differs by segment',
  });
  expect(targetsOf(metric, settings)?.({ segment: 'fleet', day: DAY })).toEqual({ target: null, note: null });
});

test('a range stays a range, one bound alone is a value', () => {
  const band = metricOfKind('ratio', { direction: 'band', targets: [{ low: 0.65, high: 0.85, source: 'test' }] });
  expect(targetsOf(band, settingsSchema.parse({}))?.({ segment: null, day: DAY })?.target).toEqual({ low: 0.65, high: 0.85 });
  const least = metricOfKind('ratio', { targets: [{ low: 0.65, source: 'test' }] });
  expect(targetsOf(least, settingsSchema.parse({}))?.({ segment: null, day: DAY })?.target).toBe(0.65);
});
