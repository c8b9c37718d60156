import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import { WeirError } from '../../contract/errors.ts';
import { tell } from '../output.ts';
import { ask } from '../session.ts';

/** `weir review`. */
export function addReviewCommand(program: Command): void {
  program
    .command('review')
    .description('write the monthly review pack')
    .argument('<dir>', 'the workspace')
    .requiredOption('--month <month>', 'the month under review, for example 2026-10')
    .requiredOption('--out <file>', 'the HTML file to write')
    .action(async (dir: string, options: { month: string; out: string }) => {
      await write(options.out, await ask(dir, 'review.html', { month: options.month }));
      tell(`The review of ${options.month} is in ${options.out}.`);
    });
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
    const reasons: Readonly<Record<string, string>> = {
      ENOENT: `there is no folder ${dirname(file)}. Make it first, or choose another.`,
      ENOTDIR: `${dirname(file)} is no folder. Choose another.`,
      EISDIR: 'it is a folder. Name a file in it.',
      EACCES: 'writing there is not allowed. Choose another folder.',
    };
    const reason = reasons[String(code)] ?? (thrown instanceof Error ? thrown.message : String(thrown));
    throw new WeirError('file-unwritable', { file, reason });
  }
}
