import type { DuckDBConnection, DuckDBResult } from '@duckdb/node-api';

const INSERT = /^\s*INSERT INTO\s+((?:"[^"]+"|[\w.])+)/i;

/**
 * Sees to it that rows inserted in a transaction can be read. After a statement that inserts nothing into a table, the database (1.5.6) no
 * longer shows what the next one of the same transaction inserts into it on several threads and by the hundred thousand, until it
 * writes its file: that next one is therefore run on one thread.
 */
export function insertsOf(beside: () => Promise<DuckDBConnection>) {
  const empty = new Set<string>();

  /** By a connection of its own: where the work fails, nothing more can be said in its transaction. */
  async function onOneThread<Value>(work: () => Promise<Value>): Promise<Value> {
    const connection = await beside();
    const setting = await connection.runAndReadAll("SELECT CAST(current_setting('threads') AS VARCHAR)");
    await connection.run('SET threads = 1');
    try {
      return await work();
    } finally {
      await connection.run(`SET threads = ${String(setting.getRows()[0]?.[0])}`);
      connection.closeSync();
    }
  }

  return {
    /** Runs a statement of a transaction. */
    async seen<Found extends DuckDBResult>(text: string, run: () => Promise<Found>): Promise<Found> {
      const table = INSERT.exec(text)?.[1]
        ?.replaceAll('"', '')
        .replace(/^main\./, '');
      if (table === undefined) return run();
      const result = await (empty.has(table) ? onOneThread(run) : run());
      if (result.rowsChanged === 0) empty.add(table);
      else empty.delete(table);
      return result;
    },
    /** To be called when a transaction begins. */
    forget(): void {
      empty.clear();
    },
  };
}
