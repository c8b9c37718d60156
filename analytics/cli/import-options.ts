import { WeirError } from '../contract/errors.ts';
import type { FileChoices } from '../contract/file-choices.ts';
import type { MethodInput } from '../contract/methods.ts';

/** What `weir import` was told, as its options come. */
export interface ImportOptions {
  readonly table?: string;
  readonly profile?: string;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly quote?: string;
  readonly headerLine?: string;
  readonly sheet?: string;
  readonly map: readonly string[];
  readonly dateOrder?: string;
  readonly decimalMark?: string;
  readonly timeZone?: string;
  readonly nullWord: readonly string[];
  readonly valueWord: readonly string[];
  readonly full: boolean;
  readonly removeGone: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** What is asked of the engine; what is said of how files are read holds for all of them. */
export function importRequest(files: string[], options: ImportOptions): MethodInput<'import.files'> {
  const { table, profile, full, removeGone, dryRun } = options;
  const choices = choicesOf(options);
  return {
    files,
    ...(table === undefined ? {} : { table }),
    ...(profile === undefined ? {} : { profile }),
    ...(Object.keys(choices).length === 0 ? {} : { choices: Object.fromEntries(files.map((file) => [file, choices])) }),
    full,
    removeGone,
    dryRun,
  };
}

function choicesOf(options: ImportOptions): FileChoices {
  const { encoding, delimiter, quote, headerLine, sheet, dateOrder, decimalMark, timeZone, nullWord, valueWord } = options;
  const columns = mapped(options.map);
  return {
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter: delimiter.replaceAll('\\t', '\t') }),
    ...(quote === undefined ? {} : { quote: quote === 'none' ? '' : quote }),
    ...(headerLine === undefined ? {} : { headerLine: lineNumber(headerLine) }),
    ...(sheet === undefined ? {} : { part: sheet }),
    ...(dateOrder === undefined ? {} : { dateOrder: oneOf('--date-order', dateOrder, ['day-first', 'month-first'] as const) }),
    ...(decimalMark === undefined ? {} : { decimalMark: oneOf('--decimal-mark', decimalMark, ['.', ','] as const) }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(nullWord.length === 0 ? {} : { nullWords: [...nullWord] }),
    ...(valueWord.length === 0 ? {} : { valueWords: [...valueWord] }),
    ...(columns === null ? {} : { columns }),
  };
}

function mapped(pairs: readonly string[]): FileChoices['columns'] | null {
  if (pairs.length === 0) return null;
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.lastIndexOf('=');
      if (at < 1) {
        throw new WeirError('bad-request', {
          reason: `--map takes a header and a column, such as --map "Salgsnr=opp_id", not "${pair}".`,
        });
      }
      return [pair.slice(0, at), { column: pair.slice(at + 1) || null }];
    }),
  );
}

function lineNumber(given: string): number {
  if (!/^[1-9]\d{0,8}$/.test(given))
    throw new WeirError('bad-request', { reason: `--header-line is a number from 1, not "${given}".` });
  return Number(given);
}

function oneOf<Choice extends string>(option: string, given: string, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === given);
  if (found === undefined)
    throw new WeirError('bad-request', { reason: `${option} is ${choices.join(' or ')}, not "${given}".` });
  return found;
}
