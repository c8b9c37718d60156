import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { type LaunchedApp, type LaunchPlan, open, workspaceIn } from '../../e2e/harness/launch.ts';
import { prepare } from '../../e2e/harness/prepare.ts';
import { WeirApp } from '../../e2e/pages/weir-app.ts';
import { bareElectron } from './bare-electron.ts';
import { clickToPainted, paintedAfter, walk } from './filter-walk.ts';
import { memoryOf } from './memory.ts';
import { writeStatusLog } from './status-log.ts';

/**
 * `npm run bench -- --window [--workspace DIR] [--import-rows 2000000]`: the window in real Electron, on a copy of the sample
 * workspace or of the given one: start, filter changes, navigation, the same during an import, and memory.
 */
const { values } = parseArgs({
  options: {
    window: { type: 'boolean' },
    workspace: { type: 'string' },
    'import-rows': { type: 'string', default: '2000000' },
  },
});
const STARTS = 3;
const CHANGES = 32;
const REST_MS = 5000;

interface Line {
  readonly what: string;
  readonly median: number;
  readonly p95?: number;
  readonly bar: string;
  readonly met: boolean;
}

const folder = await mkdtemp(join(tmpdir(), 'weir-bench-'));
const { plan, tidy } = await prepare();
try {
  const source = values.workspace === undefined ? plan.sample : resolve(values.workspace);
  const lines = [...(await starts(source)), ...(await work(source))];
  console.log(`\nThe window on ${source}; ${cpus().length} × ${cpus()[0]?.model}; ms unless said otherwise`);
  console.table(
    lines.map(({ what, median, p95, bar, met }) => ({
      what,
      median: Math.round(median),
      P95: p95 === undefined ? '' : Math.round(p95),
      bar,
      met: bar === '' ? '' : met ? 'yes' : 'NO',
    })),
  );
} finally {
  await tidy();
  await rm(folder, { recursive: true, force: true });
}

/** From the start of the program to what is on screen: a bare window, Weir with nothing kept, Weir with kept numbers. */
async function starts(source: string): Promise<Line[]> {
  const bare = await bareElectron(plan, join(folder, 'bare'));
  const times = { bare: [] as number[], cold: [] as number[], warm: [] as number[], fresh: [] as number[] };
  for (let run = 0; run < STARTS; run += 1) {
    const home = join(folder, `start-${run}`);
    await mkdir(home);
    await timed(bare, home, async (shown) => times.bare.push(await shown('first-contentful-paint')));
    await cp(source, workspaceIn(home), { recursive: true });
    await timed(plan, home, async (shown, app) => {
      times.cold.push(await shown('numbers painted'));
      await app.kept();
    });
    await timed(plan, home, async (shown, { page }) => {
      times.warm.push(await shown('numbers painted'));
      await page.waitForFunction(() => !document.body.textContent?.includes('Kept numbers'));
      times.fresh.push(await shown('numbers painted', -1));
    });
    await rm(home, { recursive: true, force: true });
  }
  const bareMs = middle(times.bare);
  const warm = middle(times.warm);
  const cold = middle(times.cold);
  return [
    { what: 'bare Electron window', median: bareMs, bar: '', met: true },
    { what: 'first start: numbers on screen', median: cold, bar: '≤ 3000', met: cold <= 3000 },
    { what: '  beyond the bare window', median: cold - bareMs, bar: '≤ 1500', met: cold - bareMs <= 1500 },
    { what: 'later start: kept numbers on screen', median: warm, bar: '≤ 3000', met: warm <= 3000 },
    { what: '  beyond the bare window', median: warm - bareMs, bar: '≤ 1500', met: warm - bareMs <= 1500 },
    { what: '  refreshed', median: middle(times.fresh), bar: '', met: true },
  ];
}

/** Milliseconds from the program's start to the first entry of this name, or the one at another place; waits for one. */
type Shown = (entry: string, place?: number) => Promise<number>;

async function timed(how: LaunchPlan, home: string, look: (shown: Shown, app: WeirApp) => Promise<unknown>): Promise<void> {
  const started = Date.now();
  const launched = await open(how, home);
  await look(async (entry, place = 0) => (await paintedAt(launched.page, entry, place)) - started, new WeirApp(launched));
  await launched.close();
}

/** When an entry happened, in milliseconds of the epoch: what the program's start and the window's own clock have in common. */
async function paintedAt(page: Page, name: string, place = 0): Promise<number> {
  const handle = await page.waitForFunction(
    ([entry, which]) => {
      const at = performance.getEntriesByName(entry).at(which)?.startTime;
      return at === undefined ? null : performance.timeOrigin + at;
    },
    [name, place] as const,
  );
  return (await handle.jsonValue()) ?? Number.NaN;
}

async function work(source: string): Promise<Line[]> {
  const home = join(folder, 'work');
  await mkdir(home);
  await cp(source, workspaceIn(home), { recursive: true });
  const launched = await open(plan, home);
  try {
    return await workIn(launched);
  } finally {
    await launched.close();
  }
}

async function workIn(launched: LaunchedApp): Promise<Line[]> {
  const { app, page } = launched;
  const weir = new WeirApp(launched);
  await paintedAt(page, 'numbers painted');
  const described = await weir.call('workspace.describe', {});
  if (!described.ok) throw new Error(described.error.message);
  const { members, metrics, streams } = described.value;
  await page.mouse.move(0, 0);

  const names = metrics.filter(({ stage }) => streams[0]?.stages.some(({ id }) => id === stage)).map(({ name }) => name);
  const there: number[] = [];
  const back: number[] = [];
  for (const name of names.slice(0, 12)) {
    const tile = page.getByRole('region', { name: /^NCV-/ }).getByRole('button', { name, exact: true });
    if ((await tile.count()) !== 1) continue;
    there.push(await paintedAfter(page, () => tile.click()));
    back.push(await paintedAfter(page, () => page.getByRole('button', { name: 'Back' }).click()));
  }

  const steps = walk(members);
  const quiet = await clickToPainted(page, steps.slice(0, CHANGES));
  const quietAsked = await asked(page);

  const log = join(folder, 'status.csv');
  await writeStatusLog(log, Number(values['import-rows']));
  let over = false;
  const begun = performance.now();
  const importing = weir.call('import.files', { files: [log] }, 'bench').then((outcome) => {
    over = true;
    return outcome;
  });
  await page.evaluate(() => performance.clearMeasures());
  const busy = await clickToPainted(page, steps.slice(CHANGES), () => over);
  const busyAsked = await asked(page);
  const outcome = await importing;
  if (!outcome.ok) throw new Error(outcome.error.message);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);

  await page.waitForTimeout(REST_MS);
  const memory = await memoryOf(app);
  return [
    latency('filter change, click to painted', quiet, 150, 300),
    latency('  of which the answer of the engine', quietAsked, null, null),
    latency('stream to metric, click to painted', there, 150, 300),
    latency('metric back to stream, click to painted', back, 150, 300),
    latency(`filter change during an import (${busy.length} in ${seconds} s)`, busy, null, null),
    slower('  the answer of the engine during it', busyAsked, quietAsked),
    {
      what: `memory at rest, ${memory.processes} processes, MB (shared pages once)`,
      median: memory.pss,
      bar: '≤ 700',
      met: memory.pss <= 700,
    },
    { what: '  the same, shared pages in each', median: memory.rss, bar: '', met: true },
  ];
}

/** How long the answers to the dashboard's questions took since the measures were cleared. */
function asked(page: Page): Promise<number[]> {
  return page.evaluate((count) => {
    const all = performance.getEntriesByName('asked view.stream').map((each) => each.duration);
    return all.slice(-count);
  }, CHANGES);
}

function latency(what: string, times: readonly number[], median: number | null, p95: number | null): Line {
  const [m, p] = [middle(times), high(times)];
  const bar = median === null || p95 === null ? '' : `≤ ${median} / ${p95}`;
  return { what, median: m, p95: p, bar, met: median === null || p95 === null || (m <= median && p <= p95) };
}

function slower(what: string, busy: readonly number[], quiet: readonly number[]): Line {
  const more = high(busy) - high(quiet);
  return {
    what: `${what}, P95 ${more.toFixed(0)} more`,
    median: middle(busy),
    p95: high(busy),
    bar: '≤ 30 more',
    met: more <= 30,
  };
}

function middle(values: readonly number[]): number {
  return at(values, 0.5);
}

function high(values: readonly number[]): number {
  return at(values, 0.95);
}

function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
