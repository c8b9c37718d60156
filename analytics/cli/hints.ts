import type { ErrorCode } from '../contract/errors.ts';
import type { ImportFinding } from '../contract/import-report.ts';

/** What a sentence that holds everywhere means at the command line, by its code. */
const ERROR_HINTS: Partial<Record<ErrorCode, string>> = {
  'workspace-missing': 'weir init DIR makes one.',
  'file-no-table': 'Use --table TABLE and --map HEADER=COLUMN.',
  'file-lacks-columns': 'Use --map HEADER=COLUMN, or --table TABLE.',
  'file-ambiguous': 'Use --table TABLE.',
  'file-unsure': 'Use --table TABLE.',
  'file-no-header': 'Use --header-line LINE, --delimiter SIGN, or --table TABLE and --map HEADER=COLUMN.',
  'file-several': 'Use --sheet NAME.',
  'sheet-no-table': 'Use --sheet NAME, or --table TABLE and --map HEADER=COLUMN.',
  'column-undecided': 'Use --date-order day-first or --date-order month-first.',
  'mark-undecided': 'Use --decimal-mark . or --decimal-mark ,',
  'profile-exists': 'Use --replace.',
  'profile-unknown': 'weir profiles DIR lists them.',
  'batch-unknown': 'weir batches DIR lists the imports.',
  'metric-unknown': 'weir metrics DIR lists the metrics.',
};

const FINDING_HINTS: Readonly<Record<string, string>> = {
  'encoding-assumed': 'Use --encoding NAME.',
  'profile-recognised': 'Use --profile NAME.',
  'zone-assumed': 'Use --time-zone ZONE.',
  'gone-from-source': 'Use --remove-gone.',
  'seems-full': 'Use --full.',
};

/** The option or command that does what the sentence of an error asks for; null where there is none. */
export function errorHint(code: ErrorCode | null): string | null {
  return (code !== null && ERROR_HINTS[code]) || null;
}

/** What to do about a finding, with the option that does it; empty where nothing is to do. */
export function fixText({ code, fix }: ImportFinding): string {
  if (fix === 'Nothing to do.') return '';
  // Rows that are gone are taken out only where nothing stands against it.
  const hint = code === 'gone-from-source' && !fix.startsWith('To take out') ? null : FINDING_HINTS[code];
  return hint ? ` ${fix} ${hint}` : ` ${fix}`;
}
