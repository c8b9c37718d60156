import { readFileSync } from 'node:fs';
import type { ElectronApplication } from '@playwright/test';

export interface Memory {
  readonly processes: number;
  /** Megabytes with pages that several processes share counted once, and counted in each. */
  readonly pss: number;
  readonly rss: number;
}

/** The memory of all processes of the app, the engine's included. Where the system does not tell shared pages apart, both are the same. */
export async function memoryOf(app: ElectronApplication): Promise<Memory> {
  const metrics = await app.evaluate(({ app: running }) =>
    running.getAppMetrics().map(({ pid, memory }) => ({ pid, kilobytes: memory.workingSetSize })),
  );
  const rss = metrics.reduce((sum, { kilobytes }) => sum + kilobytes, 0) / 1024;
  const proportional = metrics.map(({ pid, kilobytes }) => proportionalKilobytes(pid) ?? kilobytes);
  return { processes: metrics.length, rss, pss: proportional.reduce((sum, each) => sum + each, 0) / 1024 };
}

function proportionalKilobytes(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  const found = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
  return found === null ? null : Number(found[1]);
}
