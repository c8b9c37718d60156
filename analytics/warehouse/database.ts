import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBType,
  type DuckDBValue,
  LIST,
  listValue,
  VARCHAR,
} from '@duckdb/node-api';
import { WeirError } from '../contract/errors.ts';
import type { Sql, SqlStatement, SqlValue } from '../contract/sql.ts';
import { resultColumns } from './result-columns.ts';
import { resultRows } from './result-rows.ts';
import { insertsOf } from './seen-inserts.ts';
import { speltOut } from './spelt-out.ts';
import { type Traffic, traffic } from './traffic.ts';

/** An open DuckDB database. Every connection serialises its own statements; connections see each other's committed work. */
export interface Database {
  connect(): Promise<Connection>;
  /** Calls `listener` each time the last statement or transaction that ran has ended, on whichever connection. */
  onQuiet(listener: () => void): void;
  /** Whether no statement runs, no transaction is open and no result is being read. */
  readonly isQuiet: boolean;
  /**
   * Keeps tables' pages of at most `keptMb` (10^6 bytes) in memory and gives back to the system what is free: some milliseconds, for which
   * statements that come meanwhile wait. The rest is read again where it is asked for. False, and nothing done, where something runs.
   */
  letGo(keptMb: number): Promise<boolean>;
  /** Closes every connection and the database. */
  close(): void;
}

/** A connection: the engine's `Sql`, with the means to watch and to stop what it is doing. */
export interface Connection extends Sql {
  /** How much of the running statement is done, 0 to 1; null where none runs, or where the database cannot tell. */
  progress(): number | null;
  /**
   * This connection for work that `signal`, where there is one, may stop: its statements that wait are then not run, and the one that runs is
   * stopped; both reject with code `cancelled`. Statements of other work on this connection go on.
   */
  until(signal: AbortSignal | undefined): Sql;
  close(): void;
}

export interface DatabaseOptions {
  readonly memoryLimit?: string;
  readonly spillFolder?: string;
  readonly threads?: number;
}

/**
 * Opens the database file at `path`, making it where there is none; `:memory:` gives one that lives with the process.
 * Rejects with `workspace-locked` where another process has the file open.
 */
export async function openDatabase(path: string, options: DatabaseOptions = {}): Promise<Database> {
  const instance = await openInstance(path, options);
  const connections: DuckDBConnection[] = [];
  const work = traffic();

  /** Where more than that is held and no mere page, the database refuses once it has let go of all pages: then that is what could be done. */
  async function letGo(keptMb: number): Promise<void> {
    const connection = await instance.connect();
    try {
      await connection.run(`SET memory_limit = '${keptMb}MB'`).catch(() => undefined);
    } finally {
      await connection.run(options.memoryLimit ? `SET memory_limit = '${options.memoryLimit}'` : 'RESET memory_limit');
      connection.closeSync();
    }
  }

  return {
    onQuiet: work.onQuiet,
    get isQuiet() {
      return work.isQuiet;
    },
    letGo: (keptMb) => work.alone(() => letGo(keptMb)),
    async connect() {
      const connection = await instance.connect();
      connections.push(connection);
      await connection.run("SET TimeZone = 'UTC'");
      // The database measures how far a statement is only where it is told to show it; it must not draw it itself.
      await connection.run('SET enable_progress_bar = true');
      await connection.run('SET enable_progress_bar_print = false');
      return connectionOf(connection, () => instance.connect(), work);
    },
    close() {
      for (const connection of connections) connection.closeSync();
      instance.closeSync();
    },
  };
}

/**
 * Changes gather in the log beside the database file until it has so many bytes: to write them into the file costs as much as the log of
 * several small imports. Closing writes them too; after a crash the log is read again, a second at most.
 */
const CHECKPOINT_AT = '64MB';

async function openInstance(path: string, options: DatabaseOptions): Promise<DuckDBInstance> {
  const config: Record<string, string> = {
    storage_compatibility_version: 'latest',
    autoinstall_known_extensions: 'false',
    checkpoint_threshold: CHECKPOINT_AT,
  };
  if (options.memoryLimit) config.memory_limit = options.memoryLimit;
  if (options.spillFolder) config.temp_directory = options.spillFolder;
  if (options.threads) config.threads = String(options.threads);
  try {
    return await DuckDBInstance.create(path, config);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    if (/lock/i.test(reason)) throw new WeirError('workspace-locked', { dir: path }, reason);
    throw new WeirError('file-unreadable', { file: path, reason }, reason);
  }
}

/** How the database says that a disk has no room: its own file's, or that for what memory cannot hold. */
const DISK_FULL = /No space left on device|max_temp_directory_size|not enough space on the disk/i;

/** The database forgets an interrupt that comes while a statement is still being prepared, so it is said again until it is heard. */
const REPEAT_INTERRUPT_MS = 5;

/** The values of a statement's parameters and the types of those that are lists, as the client takes them. */
function bound({ params = {} }: SqlStatement): [values: Record<string, DuckDBValue>, types: Record<string, DuckDBType>] {
  const isList = (value: SqlValue): value is readonly string[] => Array.isArray(value);
  const entries = Object.entries(params);
  const values = entries.map(([name, value]) => [name, isList(value) ? listValue([...value]) : value] as const);
  const lists = entries.filter(([, value]) => isList(value)).map(([name]) => [name, LIST(VARCHAR)] as const);
  return [Object.fromEntries(values), Object.fromEntries(lists)];
}

function connectionOf(connection: DuckDBConnection, beside: () => Promise<DuckDBConnection>, traffic: Traffic): Connection {
  const inTransaction = new AsyncLocalStorage<true>();
  const inserts = insertsOf(beside);
  let tail: Promise<unknown> = Promise.resolve();

  /** Runs `work` once everything asked for earlier is done; inside a transaction at once, for it already has its turn. */
  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    if (inTransaction.getStore()) return work();
    const turn = tail.then(work);
    tail = turn.catch(() => undefined);
    return turn;
  }

  async function execute(statement: SqlStatement, signal?: AbortSignal) {
    if (signal?.aborted) throw new WeirError('cancelled');
    let again: NodeJS.Timeout | undefined;
    const stop = () => {
      connection.interrupt();
      again = setInterval(() => connection.interrupt(), REPEAT_INTERRUPT_MS);
    };
    signal?.addEventListener('abort', stop);
    try {
      return await executed(statement);
    } finally {
      signal?.removeEventListener('abort', stop);
      clearInterval(again);
    }
  }

  async function executed(statement: SqlStatement) {
    try {
      const text = speltOut(statement);
      const run = () => (text === null ? connection.run(statement.text, ...bound(statement)) : connection.run(text));
      return await (inTransaction.getStore() ? inserts.seen(statement.text, run) : run());
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      if (reason.includes('INTERRUPT')) throw new WeirError('cancelled', {}, reason);
      if (DISK_FULL.test(reason)) throw new WeirError('disk-full', {}, reason);
      if (reason.includes('Out of Memory')) throw new WeirError('memory-full', {}, reason);
      throw new WeirError('sql-failed', { reason: reason.split('\n')[0] ?? reason }, `${reason}\n\n${statement.text}`);
    }
  }

  /** An interruption that was meant for the work before may reach the rollback itself: it is then begun again. */
  async function rollBack(): Promise<void> {
    try {
      await execute({ text: 'ROLLBACK' });
    } catch (thrown) {
      if (thrown instanceof WeirError && thrown.code === 'cancelled') await rollBack();
    }
  }

  async function whole<Value>(work: () => Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
    await execute({ text: 'BEGIN TRANSACTION' }, signal);
    inserts.forget();
    try {
      const value = await work();
      await execute({ text: 'COMMIT' });
      return value;
    } catch (thrown) {
      await rollBack();
      throw thrown;
    }
  }

  const sqlOf = (signal?: AbortSignal): Sql => ({
    rows<Row extends object>(statement: SqlStatement) {
      return traffic.pass(async () => {
        // The result is whole and leans on no connection: while it is read, the next statement runs.
        const result = await inTurn(() => execute(statement, signal));
        return (await resultRows(result)) as Row[];
      });
    },
    columns(statement) {
      return traffic.pass(async () => resultColumns(await inTurn(() => execute(statement, signal))));
    },
    run(statement) {
      return traffic.pass(() => inTurn(async () => Number((await execute(statement, signal)).rowsChanged)));
    },
    transaction(work) {
      if (inTransaction.getStore()) return work();
      return traffic.pass(() => inTurn(() => inTransaction.run(true, () => whole(work, signal))));
    },
  });

  return {
    ...sqlOf(),
    until: sqlOf,
    progress() {
      const { percentage } = connection.progress;
      return percentage < 0 ? null : Math.min(1, percentage / 100);
    },
    close: () => connection.closeSync(),
  };
}
