import { type ColumnChoices, foldWord } from '../../analytics/contract/file-choices.ts';

type Words = Pick<ColumnChoices, 'nullWords' | 'valueWords'>;

/** What is to be said where the words for no value change from `shown` to `wanted`: those that go are values from now on. */
export function changedWords(shown: readonly string[], wanted: readonly string[], said: Words = {}): Words {
  const [before, after] = [shown, wanted].map((words) => new Set(words.map(foldWord))) as [Set<string>, Set<string>];
  const isNew = (word: string) => !before.has(foldWord(word));
  const isGone = (word: string) => !after.has(foldWord(word));
  return {
    nullWords: [...(said.nullWords ?? []).filter((word) => !isGone(word)), ...wanted.filter(isNew)],
    valueWords: [...(said.valueWords ?? []).filter(isGone), ...shown.filter(isGone)],
  };
}
