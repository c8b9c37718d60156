/** A value that may be bound to a statement. Days and timestamps are bound as text and cast in the statement. */
export type SqlValue = string | number | boolean | null | readonly string[];

/** A statement and its named parameters (`$name` in the text). */
export interface SqlStatement {
  readonly text: string;
  readonly params?: Readonly<Record<string, SqlValue>>;
}

/** A plain database value: bigint becomes number, days `YYYY-MM-DD`, timestamps ISO 8601 UTC with `Z`. */
export type PlainValue = string | number | boolean | null;

/** A result column by column: many rows take no object each. */
export interface Columns {
  readonly rowCount: number;
  /** The numbers of a column that holds DOUBLE or INTEGER; NaN where there is none. */
  numbers(name: string): Float64Array;
  /** The texts of a column; null where there is none. */
  texts(name: string): readonly (string | null)[];
}

/**
 * The one interface through which the engine's rooms take SQL to the warehouse.
 * Every method rejects with a WeirError of code `sql-failed` where the statement fails; its detail holds the text.
 */
export interface Sql {
  /** Runs a statement and gives its rows as plain objects keyed by column name. */
  rows<Row extends object = Record<string, PlainValue>>(statement: SqlStatement): Promise<Row[]>;
  /** Runs a statement and gives its result column by column. */
  columns(statement: SqlStatement): Promise<Columns>;
  /** Runs a statement for its effect and gives the number of rows changed. */
  run(statement: SqlStatement): Promise<number>;
  /** Runs `work` in one transaction: committed where it resolves, rolled back where it rejects. Nested calls join the outer one. */
  transaction<Value>(work: () => Promise<Value>): Promise<Value>;
}

/**
 * What `find` gives by the data as it is, whatever is asked of it: found once for each version of the data. `what` names it; its
 * statements are of no one's question, so that nobody takes them back.
 */
export type Once = <Value>(what: string, find: (sql: Sql) => Promise<Value>) => Promise<Value>;

/** Those of the parameters that occur in a statement's text: it takes no others. */
export function usedParams(text: string, params: NonNullable<SqlStatement['params']>): NonNullable<SqlStatement['params']> {
  return Object.fromEntries(Object.entries(params).filter(([name]) => new RegExp(`\\$${name}\\b`).test(text)));
}
