import { WeirError } from '../../contract/errors.ts';
import type { Sql } from '../../contract/sql.ts';

/** The same connection, on which no statement begins once `signal` is aborted: it rejects with `cancelled` instead. */
export function heeding(sql: Sql, signal: AbortSignal | undefined): Sql {
  const heed = () => {
    if (signal?.aborted) throw new WeirError('cancelled');
  };
  return {
    async rows(statement) {
      heed();
      return sql.rows(statement);
    },
    async columns(statement) {
      heed();
      return sql.columns(statement);
    },
    async run(statement) {
      heed();
      return sql.run(statement);
    },
    async transaction(work) {
      heed();
      return sql.transaction(work);
    },
  };
}
