import type { ColumnChoices } from '../../analytics/contract/file-choices.ts';

type Words = Pick<ColumnChoices, 'nullWords' | 'valueWords'>;

/** What is to be said where the words for no value change from `shown` to `wanted`: those that go are values from now on. */
export function changedWords(shown: readonly string[], wanted: readonly string[], said: Words = {}): Words {
  const fold = (words: readonly string[]) => new Set(words.map((word) => word.trim().toLowerCase()));
  const [before, after] = [fold(shown), fold(wanted)];
  const isNew = (word: string) => !before.has(word.trim().toLowerCase());
  const isGone = (word: string) => !after.has(word.trim().toLowerCase());
  return {
    nullWords: [...(said.nullWords ?? []).filter((word) => !isGone(word)), ...wanted.filter(isNew)],
    valueWords: [...(said.valueWords ?? []).filter(isGone), ...shown.filter(isGone)],
  };
}
