import type { Command } from 'commander';
import { createWorkspace, examine } from '../../index.ts';
import { formatDoctor } from '../doctor-text.ts';
import { formatImportReport } from '../import-table.ts';
import { print, printJson, tell } from '../output.ts';
import { progressLine } from '../progress-line.ts';

/** `weir init` and `weir doctor`. */
export function addWorkspaceCommands(program: Command): void {
  program
    .command('init')
    .description('make a workspace')
    .argument('<dir>', 'folder of the new workspace')
    .option('--sample', 'import the sample data', false)
    .action(async (dir: string, options: { sample: boolean }) => {
      const line = progressLine(process.stderr);
      const report = await createWorkspace(dir, {
        sample: options.sample,
        onProgress: line.show,
      }).finally(line.clear);
      if (report) await print(formatImportReport(report));
      tell(`The workspace is at ${dir}. Its settings are in ${dir}/weir.json.`);
    });
  program
    .command('doctor')
    .description('what this machine and workspace have and lack')
    .argument('[dir]', 'a workspace')
    .option('--json', 'print JSON', false)
    .action(async (dir: string | undefined, options: { json: boolean }) => {
      const report = await examine(dir ?? null);
      await (options.json ? printJson(report) : print(formatDoctor(report)));
    });
}
