import type { Sql, SqlStatement } from '../contract/sql.ts';
import type { Connection } from './database.ts';

/** Several connections to one database as one that reads: what is asked at once is found side by side. It makes nothing, and knows no temporary tables. */
export interface Readers extends Pick<Sql, 'rows' | 'columns'> {
  /** The same for work that `signal`, where there is one, may stop, as {@link Connection.until}. */
  until(signal: AbortSignal | undefined): Sql;
}

/** Connections as one: a statement goes to the one of which the least is asked. */
export function readersOf(connections: readonly [Connection, ...Connection[]]): Readers {
  const asked = new Map(connections.map((each) => [each, 0]));

  async function on<Value>(read: (connection: Connection) => Promise<Value>): Promise<Value> {
    const [free] = [...asked].reduce((least, each) => (each[1] < least[1] ? each : least));
    asked.set(free, (asked.get(free) ?? 0) + 1);
    try {
      return await read(free);
    } finally {
      asked.set(free, (asked.get(free) ?? 1) - 1);
    }
  }

  const refused = () => Promise.reject(new Error('Readers only read'));
  const until = (signal: AbortSignal | undefined): Sql => ({
    rows: <Row extends object>(statement: SqlStatement) => on((connection) => connection.until(signal).rows<Row>(statement)),
    columns: (statement) => on((connection) => connection.until(signal).columns(statement)),
    run: refused,
    transaction: refused,
  });
  const { rows, columns } = until(undefined);
  return { rows, columns, until };
}
