import { IMPORT } from './cases/import-log.ts';
import { RECORDS } from './cases/records.ts';
import { FILTERS, VIEW } from './cases/views.ts';
import { DAY, FILE, FIRST_BUILD, LATE } from './cases/workspace.ts';

/** What a measure of the largest size must not exceed: milliseconds, a multiple of the bare database's, or megabytes. */
export interface Bar {
  readonly what: string;
  readonly text: string;
  readonly ms?: number;
  readonly ratio?: number;
  readonly megabytes?: number;
  /** At most so many times the same at the smallest size. */
  readonly growth?: number;
}

export const BARS: readonly Bar[] = [
  { what: IMPORT, text: '≤ 1.5 × bare', ratio: 1.5 },
  { what: `${IMPORT}: memory`, text: '≤ 2 GB', megabytes: 2000 },
  { what: 'import with every layer: memory', text: '≤ 2.5 GB', megabytes: 2500 },
  { what: FIRST_BUILD, text: '≤ 1.3 × bare', ratio: 1.3 },
  { what: DAY, text: '≤ 0.5 s, ≤ 3 × the smallest size', ms: 500, growth: 3 },
  { what: LATE, text: '≤ 0.5 s', ms: 500 },
  { what: VIEW, text: '≤ 25 ms', ms: 25 },
  ...FILTERS.map(({ name }) => ({ what: `the same, filtered by ${name}`, text: '≤ 120 ms', ms: 120 })),
  { what: RECORDS, text: '≤ 150 ms', ms: 150 },
  { what: 'memory at rest', text: '≤ 700 MB', megabytes: 700 },
  { what: FILE, text: '≤ 1.2 × bare', ratio: 1.2 },
];
