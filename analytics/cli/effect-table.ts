import { changeWords, effectSentence, type ImportEffect } from '../contract/import-effect.ts';
import { columns } from './columns.ts';

/** What stands where there is no value. */
const NO_VALUE = '–';

/** What an import would do to the metrics, for people: a sentence, a line for each value that would change, and what would be lost. */
export function formatEffect(effect: ImportEffect): string {
  const head = ['metric', 'period', 'from', 'to', 'n', 'n then'];
  const body = effect.changes.map((change) => {
    const { from, to } = changeWords(change, effect.currency);
    return [change.metric, change.period, from ?? NO_VALUE, to ?? NO_VALUE, String(change.fromN), String(change.toN)];
  });
  const parts = [effectSentence(effect)];
  if (body.length > 0) parts.push(columns([head, ...body], new Set([2, 4, 5])));
  if (effect.unavailable.length > 0) {
    parts.push(effect.unavailable.map(({ id, reason }) => `${id} could no longer be computed: ${reason}`).join('\n'));
  }
  return parts.join('\n\n');
}
