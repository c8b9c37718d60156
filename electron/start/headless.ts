import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CACHE } from '../runtime/project.ts';
import { ensureSampleWorkspace } from './sample-workspace.ts';
import { weir } from './weir-command.ts';

const valuesSchema = z.object({ rows: z.array(z.object({ period: z.string() })) });

/** The main job without a window: the sample workspace, the table of every metric's latest month, and a monthly review page. */
export async function runHeadless(): Promise<void> {
  const workspace = join(CACHE, 'sample-workspace');
  process.stdout.write('There is no display, so Weir works without its window.\n');
  await ensureSampleWorkspace(workspace);
  const month = await latestMonth(workspace);
  process.stdout.write(`\nAll metrics of ${month}:\n\n${await weir('metrics', workspace, '--from', month, '--to', month)}\n`);
  const page = join(CACHE, 'reviews', `review-${month}.html`);
  await mkdir(join(CACHE, 'reviews'), { recursive: true });
  await weir('review', workspace, '--month', month, '--out', page);
  process.stdout.write(`The sample workspace is ${workspace}\nThe review of ${month} is ${page}\n`);
}

/** The last month that the sample data reaches: it ends with a whole month. */
async function latestMonth(workspace: string): Promise<string> {
  const { rows } = valuesSchema.parse(JSON.parse(await weir('metrics', workspace, '--json')));
  const last = rows
    .map(({ period }) => period)
    .sort()
    .at(-1);
  if (last === undefined) throw new Error(`The workspace ${workspace} holds no data.`);
  return last.slice(0, 7);
}
