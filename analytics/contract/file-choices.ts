import { z } from 'zod';
import { isTimeZone } from './time-zone.ts';

/** Every encoding that a file may be read in. */
export const ENCODINGS = [
  ...(['UTF-8', 'UTF-16LE', 'UTF-16BE', 'Windows-1252', 'ISO-8859-1', 'ISO-8859-15'] as const),
  ...([
    'Windows-1250',
    'ISO-8859-2',
    'Windows-1251',
    'KOI8-R',
    'IBM866',
    'Windows-1253',
    'Windows-1254',
    'Windows-1257',
  ] as const),
  ...(['Shift_JIS', 'EUC-JP', 'GB18030', 'Big5', 'EUC-KR'] as const),
] as const;

const wordsSchema = z.array(z.string().trim().min(1, 'A word is empty.')).max(200, 'At most 200 words can be said.');

/** How texts are read that their values alone do not settle. */
export const readingChoicesSchema = z.strictObject({
  /** Whether 03/04/2026 is the third of April or the fourth of March. */
  dateOrder: z.enum(['day-first', 'month-first']).optional(),
  /** Whether 1,234 is more than a thousand or a little more than one. */
  decimalMark: z.enum(['.', ',']).optional(),
  /** The zone of times written without one. */
  timeZone: z.string().refine(isTimeZone, 'Use an IANA time zone such as Europe/Berlin or UTC.').optional(),
  /** Words that mean no value, besides the usual ones. */
  nullWords: wordsSchema.optional(),
  /** Words that are values, though they usually mean none. */
  valueWords: wordsSchema.optional(),
});
export type ReadingChoices = z.infer<typeof readingChoicesSchema>;

/** A word for no value as it is compared: case and blanks around it say nothing. */
export function foldWord(word: string): string {
  return word.trim().toLowerCase();
}

/** How the texts of one column are read. */
export const columnReadingSchema = readingChoicesSchema.extend({
  /** Whether 2026-03-04 is the fourth of March, as ISO 8601 has it, or the third of April. */
  afterYear: z.enum(['month-first', 'day-first']).optional(),
});

/** How the bytes of a file become rows of text. */
export const layoutChoicesSchema = z.strictObject({
  encoding: z.string().min(1).optional(),
  delimiter: z.string().min(1, 'The delimiter is empty.').max(8, 'A delimiter has at most 8 characters.').optional(),
  /** Empty where quotation marks are plain text. */
  quote: z.string().max(1, 'A quotation mark is one character.').optional(),
  /** The line of the header, counted from 1. */
  headerLine: z.number().int('A line is a whole number.').positive('Lines count from 1.').optional(),
  /** The sheet of a workbook, or the file within an archive. */
  part: z.string().min(1).optional(),
});
export type LayoutChoices = z.infer<typeof layoutChoicesSchema>;

/** What is said of one column: which column of the table it fills, null where it is kept beside the row, and how its texts are read. */
export const columnChoicesSchema = columnReadingSchema.extend({ column: z.string().min(1).nullable().optional() });
export type ColumnChoices = z.infer<typeof columnChoicesSchema>;

/** What a user says of a file. Whatever is absent Weir finds by itself, or takes from what was said of the same source before. */
export const fileChoicesSchema = z.strictObject({
  table: z.string().optional(),
  profile: z.string().optional(),
  ...layoutChoicesSchema.shape,
  ...readingChoicesSchema.shape,
  /** By header; a header that stands twice has its place behind it, one without a name is `column 3`. */
  columns: z.record(z.string(), columnChoicesSchema).optional(),
  /** The file holds all that its source has: rows of the source that it lacks are gone, and are reported. */
  full: z.boolean().optional(),
  /** Takes the rows that are gone out of the table; undo brings them back. */
  removeGone: z.boolean().optional(),
  /** Leaves aside what was said of other files of the source. */
  afresh: z.boolean().optional(),
});
export type FileChoices = z.infer<typeof fileChoicesSchema>;

/** The name by which choices call a header: itself, with its place where it stands twice, its place alone where it is empty. */
export function headerLabel(headers: readonly string[], position: number): string {
  const header = headers[position] ?? '';
  if (header === '') return `column ${position + 1}`;
  return headers.indexOf(header) === position ? header : `${header} (${position + 1})`;
}
