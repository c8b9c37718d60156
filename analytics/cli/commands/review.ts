import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
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
      await writeFile(options.out, await ask(dir, 'review.html', { month: options.month }));
      tell(`The review of ${options.month} is in ${options.out}.`);
    });
}
