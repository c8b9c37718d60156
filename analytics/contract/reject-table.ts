/** Rejected rows of files with one header, in a form that can be corrected and imported again. */
export interface RejectTable {
  /** The header of the files, then the columns that say where each row stood and why it was rejected. */
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly files: readonly string[];
}

/** The columns added to a list of rejected rows, which an import passes over: surplus cells, file, line and reason. */
export const REJECT_COLUMNS = ['weir_rest', 'weir_file', 'weir_line', 'weir_reason'] as const;
