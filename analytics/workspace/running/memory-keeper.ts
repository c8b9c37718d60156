import type { Sql } from '../../contract/sql.ts';
import type { Database } from '../../warehouse/index.ts';
import { collectGarbage } from './garbage.ts';

/** So much may come up between two statements of one piece of work before it is given back, and so much until nothing is asked, in MB. */
const AMID_WORK_MB = 256;
const AT_REST_MB = 24;
/** Small statements cannot make much come up; to ask the system each time costs as much as some of them. */
const LOOKED_EVERY_MS = 20;
/** So much of the tables' pages stays in memory at rest, in MB: all of a dashboard is less. */
const KEPT_AT_REST_MB = 64;
/** Rows that stand in the log and not in the file yet are held whole in memory; fewer than this, in MB, are not worth writing. */
const UNWRITTEN_MB = 16;
/** With less room on the disk, in MB, they stay in the log: a database whose disk is full while it writes its file has to be opened anew. */
const ROOM_MB = 1000;
/** The database refuses a limit below what it uses; nearer to it than this share nothing is asked of it. */
const SAFE_SHARE = 0.9;
/** Nothing was asked for so long: what was answered is being read. */
const REST_AFTER_MS = 2000;

/** Gives memory back to the system: the database keeps what it has read and freed otherwise, for good. */
export interface MemoryKeeper {
  /** The same connection, on which memory is given back between statements where much has come up. */
  watching(sql: Sql): Sql;
  /** Ends the watch over idle time. */
  close(): void;
}

/** Calls `work` once nothing has called it again for a while; gives the means to call it and to end it. */
export type Later = (work: () => Promise<void>) => { again(): void; end(): void };

export interface Kept {
  readonly database: Pick<Database, 'letGo' | 'onQuiet' | 'isQuiet'>;
  /** The connection that writes. */
  readonly writer: Sql;
  /** The database's limit, in 10^6 bytes. */
  readonly limitMb: number;
  /** How much may still be written where the database lies, in MB. */
  readonly room: () => Promise<number>;
  /** How much memory the process holds, in MB. */
  readonly resident?: () => number;
  readonly later?: Later;
}

/**
 * Keeps the memory of a database. Once nothing has been asked of it for a moment, and nothing runs, it holds little more than what a
 * dashboard reads; a question that comes just then waits some milliseconds.
 */
export function memoryKeeper({ database, writer, limitMb, room, resident = residentMb, later = afterRest }: Kept): MemoryKeeper {
  let floor = resident();
  let atRest = floor;
  let lookedAt = 0;
  let isResting = false;

  async function giveBack(on: Sql): Promise<void> {
    if (performance.now() - lookedAt < LOOKED_EVERY_MS) return;
    lookedAt = performance.now();
    const now = resident();
    floor = Math.min(floor, now);
    if (now - floor < AMID_WORK_MB || (await heldMb(on)) >= limitMb * SAFE_SHARE) return;
    // Setting the limit to what it is makes the database give back all that it has freed.
    await on.run({ text: `SET memory_limit = '${limitMb}MB'` });
    floor = resident();
  }

  /** Brings the file up to date where that is worth while; gives how much is not in it afterwards, in MB. */
  async function write(): Promise<number> {
    const unwritten = await heldMb(writer, UNWRITTEN);
    if (unwritten < UNWRITTEN_MB || (await room()) < ROOM_MB) return unwritten;
    await writer.run({ text: 'CHECKPOINT' });
    return 0;
  }

  /** False where something came in between. */
  async function restIdle(): Promise<boolean> {
    if (!database.isQuiet) return false;
    const now = resident();
    atRest = Math.min(atRest, now);
    if (now - atRest < AT_REST_MB) return true;
    const unwritten = await write();
    if (!database.isQuiet) return false;
    await collectGarbage();
    const isDone = await database.letGo(Math.min(limitMb, Math.ceil(KEPT_AT_REST_MB + unwritten)));
    if (isDone) floor = atRest = resident();
    return isDone;
  }

  const idle = later(async () => {
    isResting = true;
    const isDone = await restIdle().catch(() => true);
    isResting = false;
    if (!isDone) idle.again();
  });
  database.onQuiet(() => {
    if (!isResting) idle.again();
  });

  return {
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
    close: () => idle.end(),
  };
}

/** Rows of changes that are not in the file yet, and what undoing them would need. */
const UNWRITTEN = ['IN_MEMORY_TABLE', 'TRANSACTION'];

/** What the database holds, of these kinds or of all, in MB. */
async function heldMb(sql: Sql, kinds: readonly string[] = []): Promise<number> {
  const [held] = await sql.rows<{ mb: number | null }>({
    text: `SELECT CAST(sum(memory_usage_bytes) AS DOUBLE) / 1e6 AS mb FROM duckdb_memory()
      WHERE len(CAST($kinds AS VARCHAR[])) = 0 OR list_contains(CAST($kinds AS VARCHAR[]), tag)`,
    params: { kinds },
  });
  return held?.mb ?? 0;
}

function residentMb(): number {
  return process.memoryUsage.rss() / 1e6;
}

/** Keeps no process alive. */
function afterRest(work: () => Promise<void>): { again(): void; end(): void } {
  const timer = setTimeout(() => void work(), REST_AFTER_MS).unref();
  return { again: () => void timer.refresh(), end: () => clearTimeout(timer) };
}
