/**
 * Every code an error may carry, with the sentence the user reads: what happened, and what to do.
 * Braces name details that {@link WeirError} fills in.
 */
export const ERROR_SENTENCES = {
  'bad-request': 'The request is not valid: {reason}',
  'workspace-missing': 'There is no workspace at {dir}. Check the path, or make one there.',
  'workspace-exists': 'There is already a workspace at {dir}. Choose another folder, or open this one.',
  'workspace-newer':
    'The workspace {dir} was made by a newer Weir (format {found}; this one reads up to {known}). Update Weir to open it.',
  'workspace-locked': 'The workspace {dir} is open in another Weir. Close that one first.',
  'settings-invalid': 'The settings in {file} are not valid: {reason}',
  'file-missing': 'There is no file at {file}. Check the path.',
  'file-unreadable': 'The file {file} could not be read: {reason}',
  'file-unwritable': 'The file {file} could not be written: {reason}',
  'file-no-table':
    'The file {file} fits no table. The nearest is {table}; it lacks: {columns}. Say which table it is and which column fills what, or rename the columns.',
  'sheet-no-table':
    'The sheet {sheet} of {file} fits no table. The workbook has other sheets: {others}. Say which one to read. If it is this one: the nearest table is {table}, which needs {columns}; say which column fills what.',
  'file-lacks-columns':
    'The file {file} cannot be imported as {table}: it lacks {columns}. Say which of its columns fill them, or choose another table.',
  'file-ambiguous': 'The file {file} fits {first} and {second} equally well. Say which it is.',
  'file-unsure':
    'The file {file} does not say what it holds: many tables have columns such as its {known}. It could be {tables}. Say which it is.',
  'file-no-header':
    'The file {file} fits no table: none of its columns is known. Check that its header is read right, or say which table it is and which column fills what.',
  'file-several': 'The file {file} holds several files: {names}. Say which one to read, or unpack it.',
  'column-undecided': 'The column {column} of {file} can be read in two ways: {ways}. Nothing in the file settles it. Say which.',
  'mark-undecided': 'The column {column} of {file} can be read in two ways: {ways}. Nothing in the file settles it. Say which.',
  'column-mixed': 'The column {column} of {file} mixes {what}. Split the file, or bring the column into one form.',
  'table-unknown': 'There is no table {table}. The tables are: {known}.',
  'source-contradicts':
    'Two files of one source contradict each other in the column {column}: {file} has "{example}", which is {choice}, and {otherFile} has "{otherExample}", which is {otherChoice}. Bring them into one form, or import each with its own profile.',
  'profile-invalid': 'The source profile {file} is not valid: {reason}',
  'profile-exists': 'There is already a source profile {name} ({title}). Choose another name, or say that it is to be replaced.',
  'profile-name':
    'A profile cannot be called {name}: a name has up to 60 small letters, digits and dashes and begins with a letter, such as our-crm.',
  'column-unknown': 'The table {table} has no column {column}. Its columns are: {known}.',
  'header-unknown': 'The file {file} has no column called {header}. Its columns are: {known}.',
  'profile-unknown': 'There is no source profile {profile}. The profiles are: {known}.',
  'batch-unknown': 'There is no import {batch} in this workspace. Choose one from the import history.',
  'batch-undone': 'Import {batch} has been undone already.',
  'batch-superseded':
    'Import {batch} cannot be undone yet: import {later} changed the same rows after it. Undo import {later} first.',
  'watch-nothing':
    'The workspace {dir} watches no folder. Name one in its weir.json, for example "watch": [{"folder": "extracts"}].',
  'watch-twice': 'The folder {folder} is watched already.',
  'watch-unknown': 'The folder {folder} is not watched.',
  'watch-no-folder': 'There is no folder at {folder}. Check the path.',
  'watch-own-folder': 'The folder {folder} is the workspace itself, which Weir writes to. Choose another, or make one in it.',
  'stream-unknown': 'There is no value stream {stream}. The streams are: {known}.',
  'stage-unknown': 'There is no stage {stage}. The stages are: {known}.',
  'metric-unknown': 'There is no metric {metric}. {hint}',
  'metric-unavailable': 'The metric {metric} is not available: {reason}',
  'dimension-unknown': 'There is no dimension {dimension}. The dimensions are: segment, region, product, channel, crew.',
  'document-invalid': 'The document {file} is no stage document: {reason}',
  'disk-full':
    'The disk of the workspace is full, and what was begun has been taken back. Free some space, open the workspace again and try once more.',
  'memory-full':
    'There is not enough memory for this, and what was begun has been taken back. Close other programs, or split the file, and try again.',
  cancelled: 'The work was cancelled; the workspace is as it was before.',
  'sql-failed': 'The database could not run a statement. This is a fault in Weir or in a metric file: {reason}',
  unexpected: 'Something went wrong that Weir did not foresee: {reason}',
} as const;

export type ErrorCode = keyof typeof ERROR_SENTENCES;

/** An error as data, in the form in which it crosses a process boundary. */
export interface ErrorData {
  readonly code: ErrorCode;
  readonly message: string;
  readonly detail: string | null;
}

/** A value or an error: what every call across a boundary answers. */
export type Outcome<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: ErrorData };

/** An expected error: `message` is the sentence of its code with `facts` filled in; `detail` is for the log only. */
export class WeirError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | null;

  constructor(code: ErrorCode, facts: Readonly<Record<string, string | number>> = {}, detail: string | null = null) {
    super(ERROR_SENTENCES[code].replace(/\{(\w+)\}/g, (hole, key: string) => (key in facts ? String(facts[key]) : hole)));
    this.name = 'WeirError';
    this.code = code;
    this.detail = detail;
  }
}

/** The data of any thrown value; what is no {@link WeirError} becomes `unexpected` with its stack as detail. */
export function errorData(thrown: unknown): ErrorData {
  if (thrown instanceof WeirError) return { code: thrown.code, message: thrown.message, detail: thrown.detail };
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  const wrapped = new WeirError('unexpected', { reason }, thrown instanceof Error ? (thrown.stack ?? null) : null);
  return { code: wrapped.code, message: wrapped.message, detail: wrapped.detail };
}

/** Whether a file was refused for what its values leave open, which a user may say and another file of its source may settle. */
export function isUndecided(code: ErrorCode | null): boolean {
  return code === 'column-undecided' || code === 'mark-undecided';
}

/** Marks a switch branch that cannot be reached; throws where it is reached all the same. */
export function assertNever(value: never): never {
  throw new Error(`Unreachable value: ${JSON.stringify(value)}`);
}
