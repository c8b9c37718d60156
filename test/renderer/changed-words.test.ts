import { expect, test } from 'vitest';
import { changedWords } from '../../renderer/import-columns/changed-words.ts';

test('a word that is added means no value, one that is taken away is a value', () => {
  expect(changedWords(['n/a'], ['n/a', 'tbd'])).toEqual({ nullWords: ['tbd'], valueWords: [] });
  expect(changedWords(['N/A', 'tbd'], ['tbd'], { nullWords: ['tbd'] })).toEqual({ nullWords: ['tbd'], valueWords: ['N/A'] });
});

test('a word that comes back is no value again', () => {
  expect(changedWords(['tbd'], ['tbd', 'N/A'], { nullWords: ['tbd'], valueWords: ['n/a'] })).toEqual({
    nullWords: ['tbd', 'N/A'],
    valueWords: [],
  });
});
