import { expect, it } from 'vitest';
import { ERROR_SENTENCES } from '../../analytics/contract/errors.ts';
import { sourceFiles } from './source-files.ts';

const COMMAND_LINE =
  /(^|[\s(`'"])--[a-z][a-z-]+|\bweir (init|import|batches|undo|rejects|metrics|explain|records|flow|stream|review|profiles|read|watch|doctor)\b/;
/** A style sheet has names of its own that begin with dashes. */
const STYLES = 'analytics/review/style.ts';

it('no sentence of an error names an option or a command: the window has none', () => {
  expect(Object.entries(ERROR_SENTENCES).filter(([, sentence]) => COMMAND_LINE.test(sentence))).toEqual([]);
});

it('nor does any text that the engine makes; the command line adds its own hints', () => {
  const found = sourceFiles()
    .filter(({ path }) => /^(analytics|renderer)\//.test(path) && !path.startsWith('analytics/cli/') && path !== STYLES)
    .flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, index) => {
        const code = line
          .replace(/^\s*(\/?\*|\/\/).*/, '')
          // A flag of the JavaScript engine is shown to nobody.
          .replace(/setFlagsFromString\(.*?\)/, '')
          .replaceAll('--weir-', '')
          .replaceAll('--mantine-', '');
        return /['"`]/.test(code) && COMMAND_LINE.test(code) ? [`${path}:${index + 1} ${line.trim()}`] : [];
      }),
    );
  expect(found).toEqual([]);
});
