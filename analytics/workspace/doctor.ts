import { totalmem } from 'node:os';
import type { UnavailableMetric } from '../contract/metric-definition.ts';
import { findOrphans, type OrphanCount } from '../ingest/index.ts';
import { strayedMetrics } from '../observe/index.ts';
import { identifier } from '../tables/identifier.ts';
import { TABLES } from '../tables/index.ts';
import { openWorkspace, type Workspace } from './open.ts';

export interface DoctorReport {
  readonly node: string;
  readonly platform: string;
  readonly memoryMb: number;
  readonly display: string | null;
  readonly workspace: {
    readonly dir: string;
    readonly asOf: string | null;
    readonly timeZone: string;
    readonly rows: Readonly<Record<string, number>>;
    readonly emptyTables: readonly string[];
    readonly orphans: readonly OrphanCount[];
    readonly unavailable: readonly UnavailableMetric[];
    /** Of the workspace's own metrics those whose numbers are others than all rows give: their `together` names too little. */
    readonly strayed: readonly string[];
  } | null;
}

/** What this machine and, where named, the workspace in `dir` have and lack. */
export async function examine(dir: string | null): Promise<DoctorReport> {
  const machine = {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    memoryMb: Math.round(totalmem() / 1_048_576),
    display: process.env.WAYLAND_DISPLAY ?? process.env.DISPLAY ?? (process.platform === 'linux' ? null : 'native'),
  };
  if (dir === null) return { ...machine, workspace: null };
  const workspace = await openWorkspace(dir);
  try {
    return { ...machine, workspace: await examineWorkspace(workspace) };
  } finally {
    workspace.close();
  }
}

async function examineWorkspace(workspace: Workspace): Promise<DoctorReport['workspace']> {
  const rows: Record<string, number> = {};
  for (const table of TABLES) {
    const [row] = await workspace.reader.rows<{ n: number }>({ text: `SELECT count(*) AS n FROM ${identifier(table.name)}` });
    rows[table.name] = row?.n ?? 0;
  }
  return {
    dir: workspace.dir,
    asOf: workspace.state.asOf,
    timeZone: workspace.settings.timeZone,
    rows,
    emptyTables: Object.keys(rows).filter((name) => rows[name] === 0),
    orphans: await findOrphans(workspace.reader),
    unavailable: workspace.state.unavailable,
    strayed: await strayedOf(workspace),
  };
}

async function strayedOf({ catalogue, reader, settings, state }: Workspace): Promise<readonly string[]> {
  const own = catalogue.metrics.filter(({ origin, together }) => origin !== 'built-in' && Object.keys(together).length > 0);
  return state.asOf === null ? [] : strayedMetrics(reader, own, { settings, asOf: state.asOf });
}
