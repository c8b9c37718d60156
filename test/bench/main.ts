import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import path from 'node:path';
import { bareLog } from './cases/bare-log.ts';
import { importLog, importLogBare } from './cases/import-log.ts';
import { workspaceOf } from './cases/workspace.ts';
import { register, statusLog } from './data/status-log.ts';
import type { Measure } from './measure.ts';
import { type Errand, ownErrand, sent } from './own-process.ts';
import { benchRuntime, type Runtime } from './runtime.ts';
import { FOLDER, FULL, nameOf, QUICK, type Size } from './sizes.ts';
import { markdownOf, type SizeResult } from './table.ts';

/**
 * Weir beside the bare database doing the same work: `npm run bench` (`-- --quick`; `-- --sizes=1000000:100000,10000000:1000000`, messages and
 * leads; `-- --runs=5`; `-- --page` writes the table into docs/speed.md). Each side has a process of its own, run by what runs the app.
 */
const MARKS = ['<!-- table -->', '<!-- end of table -->'] as const;

const errand = ownErrand();
if (errand) console.log(JSON.stringify(await run(errand)));
else await compare(process.argv.slice(2));

function run({ name, size, runs }: Errand): Promise<Measure[]> {
  if (name === 'import') return importLog(size);
  if (name === 'import bare') return importLogBare(size);
  return name === 'bare' ? bareLog(size, runs) : workspaceOf(size, runs);
}

async function compare(options: readonly string[]): Promise<void> {
  const option = (name: string) => options.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3);
  const isQuick = options.includes('--quick');
  const sizes = option('sizes')?.split(',').map(sizeOf) ?? (isQuick ? QUICK : FULL);
  const runs = Number(option('runs') ?? 3);
  mkdirSync(FOLDER, { recursive: true });
  const runtime = await benchRuntime();
  const results: SizeResult[] = [];
  for (const size of sizes) {
    for (const make of [statusLog, register]) await make(size);
    results.push({ size, measures: measuresOf(size, runs, runtime) });
    const page = `${machine(runtime)}; medians of ${runs} runs.\n\n${markdownOf(results)}`;
    console.log(`\n${page}`);
    if (options.includes('--page')) writePage(page);
  }
}

/** A size as the command line says it: `1000000:100000`, messages and leads. */
function sizeOf(text: string): Size {
  const [messages, leads] = text.split(':').map(Number);
  if (!messages || !leads) throw new Error(`${text} is no size: write messages:leads, for example 1000000:100000`);
  return { messages, leads };
}

function measuresOf(size: Size, runs: number, runtime: Runtime): Measure[] {
  const measures: Measure[] = [];
  const send = (name: Errand['name']) => {
    console.error(`${nameOf(size)}: ${name}`);
    measures.push(...sent({ name, size, runs }, runtime));
  };
  for (let run = 0; run < (size.messages > 10_000_000 ? 1 : runs); run += 1) {
    send('import bare');
    send('import');
  }
  send('bare');
  send('workspace');
  return measures;
}

function machine(runtime: Runtime): string {
  const memory = Math.round(totalmem() / 1024 ** 3);
  const load = loadavg().map((each) => each.toFixed(1));
  return `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${memory} GB, ${process.platform}, ${runtime.name}; load average ${load.join(', ')} at the end`;
}

function writePage(text: string): void {
  const page = path.resolve('docs/speed.md');
  const [before, rest] = readFileSync(page, 'utf8').split(MARKS[0]);
  const after = rest?.split(MARKS[1])[1] ?? '\n';
  writeFileSync(page, `${before}${MARKS[0]}\n${text}\n${MARKS[1]}${after}`);
}
