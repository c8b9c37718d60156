import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importInto, undoIn } from '../../analytics/workspace/change.ts';
import { createWorkspace } from '../../analytics/workspace/create.ts';
import { openWorkspace, type Workspace } from '../../analytics/workspace/open.ts';
import { recompute } from '../../analytics/workspace/recompute.ts';
import { derived } from './derived-tables.ts';
import { randomNumbers } from './random-extract.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-long-log-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const CHARGERS = 12;
const ROWS = 110_000;
const START = Date.UTC(2026, 3, 1);
/** A message comes so many seconds after the one before. */
const EVERY = 61;
const HEADER = 'charge_box_id,connector_id,message_type,status,error_code,status_timestamp';
const STATUSES = ['Available', 'Available', 'Preparing', 'Charging', 'Faulted', 'Unavailable', 'Strange'];

const random = randomNumbers(7);
const pick = <Value>(of: readonly Value[]) => of[Math.floor(random() * of.length)] as Value;
const instant = (index: number) => new Date(START + index * EVERY * 1000).toISOString().replace('.000Z', 'Z');
/** Faults come seldom, and a charger that is not in the register speaks too. */
const lines = Array.from({ length: ROWS + 2000 }, (_, index) => {
  const status = random() < 0.97 ? 'Available' : pick(STATUSES);
  return `CB-${index % (CHARGERS + 1)},${index % 3},StatusNotification,${status},NoError,${instant(index)}`;
});
const register = `asset_id,asset_type,parent_id,connector_no,installed_at\n${Array.from({ length: CHARGERS }, (_, charger) =>
  [1, 2]
    .map((connector) => `CB-${charger}-${connector},port,CB-${charger},${connector},2026-03-${10 + charger}T08:00:00Z\n`)
    .join(''),
).join('')}`;

async function workspaceWith(name: string, files: Readonly<Record<string, string>>): Promise<Workspace> {
  const dir = join(folder, name);
  await createWorkspace(dir, { sample: false });
  const workspace = await openWorkspace(dir);
  await bring(workspace, `${name}-register.csv`, register, 'asset');
  for (const [file, content] of Object.entries(files)) await bring(workspace, `${name}-${file}`, content);
  return workspace;
}

async function bring(workspace: Workspace, name: string, content: string, table?: string) {
  const file = join(folder, name);
  await writeFile(file, content);
  return importInto(workspace, { files: [file], ...(table ? { table } : {}), dryRun: false }, {});
}

const log = (from: number, to: number) => `${HEADER}\n${lines.slice(from, to).join('\n')}\n`;

test('a log gives the same in every layer whether it is a table of its own or stored row by row, whatever is done to it', async () => {
  const half = ROWS / 2;
  const own = await workspaceWith('own', { 'log.csv': log(0, ROWS) });
  const single = await workspaceWith('single', { 'a.csv': log(0, half), 'b.csv': log(half, ROWS) });
  const compare = async (step: string) => {
    const found = await derived(own);
    expect(found.port_day?.length, step).toBeGreaterThan(1000);
    expect(found.port_state?.filter((row) => row.includes('down')).length, step).toBeGreaterThan(100);
    for (const [table, rows] of Object.entries(await derived(single))) expect(found[table], `${table} ${step}`).toEqual(rows);
  };
  try {
    const [parts] = await own.writer.rows<{ n: number }>({ text: 'SELECT count(*) AS n FROM table_part' });
    expect(parts).toEqual({ n: 1 });
    await compare('after the log');
    const both = async (name: string, content: string) => {
      for (const [of, workspace] of Object.entries({ own, single })) await bring(workspace, `${of}-${name}`, content);
      await compare(`after ${name}`);
    };
    await both('day.csv', log(ROWS, ROWS + 1400));
    const late = [400, 40_000, ROWS - 300].map((at) =>
      (lines[at] ?? '').replace(/,\w+,NoError,(.*)Z$/, ',Faulted,NoError,$1.5Z'),
    );
    await both('late.csv', `${HEADER}\n${late.join('\n')}\n`);
    const corrected = [500, 50_000].map((at) => (lines[at] ?? '').replace('NoError', 'Fuse'));
    await both('correction.csv', `${HEADER}\n${corrected.join('\n')}\n`);
    await recompute(own.writer, own, null);
    await compare('once own is made anew');
    const [last] = await own.writer.rows<{ batch: number }>({ text: 'SELECT max(batch_id) AS batch FROM import_batch' });
    await undoIn(own, last?.batch ?? 0);
    await undoIn(single, (last?.batch ?? 0) + 1);
    await compare('after the correction is undone');
  } finally {
    own.close();
    single.close();
  }
}, 120_000);
