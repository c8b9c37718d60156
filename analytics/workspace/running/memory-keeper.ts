import type { Sql } from '../../contract/sql.ts';

/** So much may come up between two statements of one piece of work before it is given back, and so much once the work is done, in MB. */
const AMID_WORK_MB = 256;
const AFTER_WORK_MB = 128;
/** Small statements cannot make much come up; to ask the system each time costs as much as some of them. */
const LOOKED_EVERY_MS = 20;
/** So much of the tables' pages stays in memory once the work is done, in MB: the rest is read again where it is asked for. */
const KEPT_PAGES_MB = 256;
/** The database refuses a limit below what it uses; nearer to it than this share nothing is asked of it. */
const SAFE_SHARE = 0.9;

/** Gives memory back to the system that the database has freed: its allocator keeps it otherwise, for good. */
export interface MemoryKeeper {
  /** To be called when a piece of work is done; never rejects. */
  rest(): Promise<void>;
  /** The same connection, on which memory is given back between statements where much has come up. */
  watching(sql: Sql): Sql;
}

/** Keeps the memory of the database behind `sql`, whose limit is `limitMb` (10^6 bytes). */
export function memoryKeeper(sql: Sql, limitMb: number): MemoryKeeper {
  let floor = residentMb();
  let lookedAt = 0;

  function hasGrownBy(mb: number): boolean {
    const resident = residentMb();
    floor = Math.min(floor, resident);
    return resident - floor >= mb;
  }

  /** Setting the limit, even to what it is, makes the database give back all that it has freed. */
  async function setLimit(on: Sql, mb: number): Promise<void> {
    await on.run({ text: `SET memory_limit = '${mb}MB'` });
    floor = residentMb();
  }

  async function giveBack(on: Sql): Promise<void> {
    if (performance.now() - lookedAt < LOOKED_EVERY_MS) return;
    lookedAt = performance.now();
    if (!hasGrownBy(AMID_WORK_MB)) return;
    const [used] = await on.rows<{ mb: number }>({
      text: 'SELECT CAST(coalesce(sum(memory_usage_bytes), 0) AS DOUBLE) / 1e6 AS mb FROM duckdb_memory()',
    });
    if ((used?.mb ?? limitMb) < limitMb * SAFE_SHARE) await setLimit(on, limitMb);
  }

  async function letGo(): Promise<void> {
    if (!hasGrownBy(AFTER_WORK_MB)) return;
    // Where more than that is in use and no mere page, the database refuses: then it stays as it is.
    await setLimit(sql, Math.min(limitMb, KEPT_PAGES_MB)).catch(() => undefined);
    await setLimit(sql, limitMb);
  }

  return {
    // What was done stands, whether memory comes back at once or with the next piece of work.
    rest: () => letGo().catch(() => undefined),
    watching: (watched) => ({
      async rows(statement) {
        await giveBack(watched);
        return watched.rows(statement);
      },
      async columns(statement) {
        await giveBack(watched);
        return watched.columns(statement);
      },
      async run(statement) {
        await giveBack(watched);
        return watched.run(statement);
      },
      transaction: (work) => watched.transaction(work),
    }),
  };
}

function residentMb(): number {
  return process.memoryUsage.rss() / 1e6;
}
