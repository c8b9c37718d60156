import type { MetricTile } from '../../analytics/contract/stream-view.ts';
import { type SignalStrength, signalStatement, signalsWithin, strengthOf } from '../marks/signals.ts';
import type { Span } from '../place/period-span.ts';

/** A metric that a review should open: its control chart signals, or it misses its target. */
export interface AttentionItem {
  readonly tile: MetricTile;
  readonly strength: SignalStrength | null;
  readonly statement: string;
}

const MISSED = new Set(['below', 'farBelow']);

/**
 * The metrics to look at, strong signals first, then misses of the target. What misses its target without a signal
 * is the system at work: it will go on missing until the system changes.
 */
export function attentionOrder(tiles: readonly MetricTile[], span: Span, currency: string): AttentionItem[] {
  const items = tiles.flatMap((tile): AttentionItem[] => {
    const signal = signalsWithin(tile.control, span).at(-1);
    const missed = tile.current.rating !== null && MISSED.has(tile.current.rating);
    if (signal !== undefined) {
      return [
        { tile, strength: strengthOf(signal.rules), statement: signalStatement(signal, tile.control, tile.current, currency) },
      ];
    }
    return missed ? [{ tile, strength: null, statement: missStatement(tile) }] : [];
  });
  return items.sort((a, b) => rank(a) - rank(b));
}

function missStatement(tile: MetricTile): string {
  return tile.control.standing === 'usable'
    ? 'Misses its target and shows routine variation only: it will stay there unless the way of working changes.'
    : 'Misses its target; there are too few months to tell a signal from routine variation.';
}

function rank({ strength, tile }: AttentionItem): number {
  const byStrength = strength === null ? 3 : ['strong', 'moderate', 'weak'].indexOf(strength);
  return byStrength * 2 + (tile.current.rating === 'farBelow' ? 0 : 1);
}
