import { expect, it } from 'vitest';
import type { Rating } from '../../analytics/contract/metric-query.ts';
import type { SignalRule } from '../../analytics/contract/signal.ts';
import type { MetricTile } from '../../analytics/contract/stream-view.ts';
import { attentionOrder } from '../../renderer/stream-view/attention-order.ts';
import { NO_CONTROL, row } from '../charts/rows.ts';

const span = { from: '2026-08', to: '2026-10' };

function tile(metric: string, rating: Rating | null, rules: readonly SignalRule[], period = '2026-10'): MetricTile {
  const control = { ...NO_CONTROL, standing: 'usable' as const, points: [{ period, value: 0.5, rules }] };
  return { metric, current: row({ metric, rating }), previous: row({}), series: [], control };
}

it('puts strong signals first, then weak ones, then missed targets, and leaves out what is well', () => {
  const order = attentionOrder(
    [
      tile('well', 'meeting', []),
      tile('missed', 'below', []),
      tile('missed-far', 'farBelow', []),
      tile('weak', 'exceeding', ['longRun']),
      tile('strong', 'meeting', ['outsideLimits']),
      tile('not-rated', null, []),
    ],
    span,
    'USD',
  );
  expect(order.map((item) => item.tile.metric)).toEqual(['strong', 'weak', 'missed-far', 'missed']);
});

it('forgets signals from before the months that are shown', () => {
  expect(attentionOrder([tile('old', 'meeting', ['outsideLimits'], '2025-01')], span, 'USD')).toEqual([]);
});
