import { createHash } from 'node:crypto';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { type Catalogue, loadCatalogue } from '../catalogue/index.ts';
import type { UnavailableMetric } from '../contract/metric-definition.ts';
import type { Settings } from '../contract/settings.ts';
import type { Sql } from '../contract/sql.ts';
import { type LoadedStreams, loadStreams } from '../streams/index.ts';
import {
  type Connection,
  createTables,
  installDialect,
  openDatabase,
  type Readers,
  readersOf,
  tableStatements,
} from '../warehouse/index.ts';
import { inDocumentOrder } from './document-order.ts';
import { readFailed } from './failed-metrics.ts';
import { withKnownTables } from './known-tables.ts';
import { recompute } from './recompute.ts';
import { diskRoomMb } from './running/disk-room.ts';
import { type MemoryKeeper, memoryKeeper } from './running/memory-keeper.ts';
import { readSettings } from './settings-file.ts';
import { readState, readStates, writeStates } from './state.ts';

/** An open workspace: its settings, streams and metrics, and connections to its database. */
export interface Workspace {
  readonly dir: string;
  readonly settings: Settings;
  readonly streams: LoadedStreams;
  readonly catalogue: Catalogue;
  /** Imports and undos run here, in transactions; views keep reading the committed state through `readers`. */
  readonly writer: Connection;
  /** What makes temporary tables to read from does so here: they are of one connection. */
  readonly reader: Connection;
  readonly readers: Readers;
  readonly memory: MemoryKeeper;
  /** What the data holds now; replaced after every change. */
  state: WorkspaceState;
  close(): void;
}

export interface WorkspaceState {
  readonly dataVersion: number;
  /** The last day the data reaches, or null while there is none. */
  readonly asOf: string | null;
  /** Metrics that could not be computed, whether their file or their statement is at fault. */
  readonly unavailable: readonly UnavailableMetric[];
}

const MEMORY_SHARE = 0.4;
const MEMORY_CEILING_MB = 1280;

/** Opens the workspace in `dir`, bringing its tables and observations up to the settings and metric files in force. */
export async function openWorkspace(dir: string): Promise<Workspace> {
  const settings = await readSettings(dir);
  const memoryMb = Math.min(MEMORY_CEILING_MB, Math.floor((totalmem() / 1_048_576) * MEMORY_SHARE));
  // The database opens on threads of its own while documents and metric files are read.
  const opening = openDatabase(join(dir, 'weir.duckdb'), { memoryLimit: `${memoryMb}MB`, spillFolder: join(dir, '.spill') });
  opening.catch(() => undefined);
  const parts = await Promise.all([loadCatalogue(dir), loadStreams(dir)]).catch(async (thrown: unknown) => {
    (await opening.catch(() => null))?.close();
    throw thrown;
  });
  const database = await opening;
  try {
    const [loaded, streams] = parts;
    const catalogue = inDocumentOrder(withKnownTables(loaded), streams.models);
    const connect = () => database.connect();
    const [writer, reader, ...more] = await Promise.all([connect(), connect(), connect(), connect()]);
    const readers = readersOf([reader, ...more]);
    await prepareTables(writer, settings);
    const memory = memoryKeeper({ database, writer, limitMb: memoryMb, room: () => diskRoomMb(dir) });
    const state = await prepareObservations(memory.watching(writer), { settings, catalogue });
    const close = () => {
      memory.close();
      database.close();
    };
    return { dir, settings, streams, catalogue, writer, reader, readers, memory, state, close };
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

/** Makes tables and helpers where the database was made for other definitions or settings than those in force. */
async function prepareTables(sql: Connection, settings: Settings): Promise<void> {
  const wanted = fingerprint([tableStatements(), measuring(settings)]);
  const held = await readState(sql, 'database form').catch(() => null);
  if (held === wanted) return;
  await createTables(sql);
  await installDialect(sql, settings);
  await writeStates(sql, { 'database form': wanted });
}

async function prepareObservations(sql: Sql, parts: Pick<Workspace, 'settings' | 'catalogue'>): Promise<WorkspaceState> {
  const wanted = observationsFingerprint(parts);
  const state = await readStates(sql, ['data version', 'observations of', 'as of']);
  const dataVersion = Number(state('data version') ?? 0);
  if (state('observations of') === wanted) {
    const asOf = state('as of') || null;
    return { dataVersion, asOf, unavailable: [...parts.catalogue.unavailable, ...(await readFailed(sql))] };
  }
  const { asOf, unavailable } = await recompute(sql, parts, null);
  await writeStates(sql, { 'failed metrics': JSON.stringify(unavailable), 'observations of': wanted });
  return { dataVersion, asOf, unavailable: [...parts.catalogue.unavailable, ...unavailable] };
}

/** Changes whenever settings, metric files or the form of the tables do, so that observations made for others are made anew. */
export function observationsFingerprint({ settings, catalogue }: Pick<Workspace, 'settings' | 'catalogue'>): string {
  return fingerprint([measuring(settings), catalogue.metrics, tableStatements()]);
}

/** The settings that decide what is measured. */
function measuring({ watch: _, ...settings }: Settings): Omit<Settings, 'watch'> {
  return settings;
}

function fingerprint(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
