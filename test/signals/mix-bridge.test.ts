import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mixBridge } from '../../analytics/signals/index.ts';

const sums = (num: number, den: number) => ({ num, den });

test('both segments rise and the total falls: the published Simpson case', () => {
  const bridge = mixBridge([
    { segment: 'residential', before: sums(90, 100), after: sums(28, 30) },
    { segment: 'commercial', before: sums(10, 50), after: sums(60, 200) },
  ]);
  expect(bridge?.before).toBeCloseTo(0.6667, 4);
  expect(bridge?.after).toBeCloseTo(0.3826, 4);
  expect(bridge?.reverses).toBe(true);
  // By hand: weights 2/3 and 1/3 become 3/23 and 20/23.
  expect(bridge?.steps[0]?.rateEffect).toBeCloseTo(((2 / 3 + 3 / 23) / 2) * (28 / 30 - 0.9), 12);
  expect(bridge?.steps[1]?.rateEffect).toBeCloseTo(((1 / 3 + 20 / 23) / 2) * 0.1, 12);
});

test('a total that moves with its segments reverses nothing', () => {
  const bridge = mixBridge([
    { segment: 'a', before: sums(5, 10), after: sums(6, 10) },
    { segment: 'b', before: sums(5, 10), after: sums(7, 10) },
  ]);
  expect(bridge?.reverses).toBe(false);
  expect(bridge?.steps.every((step) => step.mixEffect === 0)).toBe(true);
});

test('the effects sum to the change whatever the segments, also where one is seen in one span only', () => {
  const side = fc.record({ num: fc.integer({ min: 0, max: 500 }), den: fc.integer({ min: 0, max: 500 }) });
  fc.assert(
    fc.property(fc.array(fc.record({ before: side, after: side }), { minLength: 1, maxLength: 6 }), (segments) => {
      const bridge = mixBridge(segments.map((each, index) => ({ segment: String(index), ...each })));
      if (!bridge) return;
      const explained = bridge.steps.reduce((sum, step) => sum + step.rateEffect + step.mixEffect, 0);
      expect(explained).toBeCloseTo(bridge.after - bridge.before, 6);
    }),
  );
});

test('without a denominator there is no bridge', () => {
  expect(mixBridge([{ segment: 'a', before: sums(0, 0), after: sums(1, 2) }])).toBeNull();
});
