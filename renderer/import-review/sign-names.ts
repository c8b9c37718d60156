interface SignOption {
  readonly value: string;
  readonly label: string;
}

const DELIMITERS: readonly SignOption[] = [
  { value: ',', label: 'comma' },
  { value: ';', label: 'semicolon' },
  { value: '\t', label: 'tab' },
  { value: '|', label: 'bar' },
  { value: ':', label: 'colon' },
  { value: ' ', label: 'space' },
  { value: '~', label: 'tilde' },
  { value: '^', label: 'caret' },
];
const QUOTES: readonly SignOption[] = [
  { value: '"', label: '"…"' },
  { value: "'", label: "'…'" },
  { value: '', label: 'none' },
];

/** The delimiters to choose from, the one in force among them. */
export function delimiterOptions(inForce: string): SignOption[] {
  return withOwn(DELIMITERS, inForce);
}

/** The quotation marks to choose from, the one in force among them. */
export function quoteOptions(inForce: string): SignOption[] {
  return withOwn(QUOTES, inForce);
}

function withOwn(options: readonly SignOption[], value: string): SignOption[] {
  return options.some((each) => each.value === value) ? [...options] : [{ value, label: value }, ...options];
}

/** Every time zone this machine knows; UTC first, which the list of the platform leaves out. */
export const ZONES: string[] = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
