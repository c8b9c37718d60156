import { assertNever } from '../contract/errors.ts';
import { formatValue, periodLabel } from '../contract/format-value.ts';
import type { ControlChart, SignalRule } from '../contract/signal.ts';
import type { MetricTile } from '../contract/stream-view.ts';

/** A sentence for each metric whose last month is a signal on its control chart, strongest first. */
export function signalSentences(tiles: readonly MetricTile[], currency: string): string[] {
  return tiles
    .flatMap((tile) => {
      const last = tile.control.points.findLast((point) => point.value !== null);
      const rule = last?.rules.toSorted((a, b) => RULE_STRENGTH[a] - RULE_STRENGTH[b])[0];
      if (!last || rule === undefined || last.period !== tile.current.period) return [];
      return [{ strength: RULE_STRENGTH[rule], text: sentence(tile, rule, last.value ?? 0, currency) }];
    })
    .sort((a, b) => a.strength - b.strength)
    .map((each) => each.text);
}

const RULE_STRENGTH: Readonly<Record<SignalRule, number>> = { outsideLimits: 0, movingRange: 1, nearLimit: 2, longRun: 3 };

function sentence(tile: MetricTile, rule: SignalRule, value: number, currency: string): string {
  const { name, unit, period, n } = tile.current;
  const start = `${name} was ${formatValue(value, unit, currency)} in ${periodLabel(period)} (n=${n.toLocaleString('en-US')})`;
  return `${start}: ${reason(rule, value, tile.control, (size) => formatValue(size, unit, currency))}.`;
}

function reason(rule: SignalRule, value: number, control: ControlChart, format: (size: number) => string): string {
  switch (rule) {
    case 'outsideLimits': {
      const isHigh = control.upper !== null && value > control.upper;
      const limit = isHigh ? control.upper : control.lower;
      return `strong signal, ${isHigh ? 'above the upper' : 'below the lower'} limit${limit === null ? '' : ` ${format(limit)}`}`;
    }
    case 'movingRange':
      return 'strong signal, a jump from the month before beyond the usual range';
    case 'nearLimit':
      return 'moderate signal, three of four months nearer a limit than the centre';
    case 'longRun':
      return `sustained shift, eight months on one side of the centre${control.centre === null ? '' : ` ${format(control.centre)}`}`;
    default:
      return assertNever(rule);
  }
}
