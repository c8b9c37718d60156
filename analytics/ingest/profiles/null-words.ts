import { foldWord, type ReadingChoices } from '../../contract/file-choices.ts';

type Words = Pick<ReadingChoices, 'nullWords' | 'valueWords'>;

/** Words for no value and words that are values all the same, with those said since, which go before them; nothing where none are said. */
export function withWords(before: Words, now: Words): Words {
  const nullWords = [...without(before.nullWords, now.valueWords), ...(now.nullWords ?? [])];
  const valueWords = [...without(before.valueWords, now.nullWords), ...(now.valueWords ?? [])];
  return {
    ...(nullWords.length > 0 ? { nullWords: [...new Set(nullWords)] } : {}),
    ...(valueWords.length > 0 ? { valueWords: [...new Set(valueWords)] } : {}),
  };
}

function without(words: readonly string[] = [], others: readonly string[] = []): string[] {
  const gone = new Set(others.map(foldWord));
  return words.filter((word) => !gone.has(foldWord(word)));
}
