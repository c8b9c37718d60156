import type { Command } from 'commander';
import { readStageDocument } from '../../index.ts';
import { print, printJson } from '../output.ts';
import { formatStreamCheck } from '../stream-check.ts';

/** `weir stream check`. */
export function addStreamCommands(program: Command): void {
  const stream = program.command('stream').description('stage documents');
  stream
    .command('check')
    .description('parse a stage document: the model, and findings')
    .argument('<file>', 'a Markdown file')
    .option('--json', 'print JSON', false)
    .action(async (file: string, options: { json: boolean }) => {
      const check = await readStageDocument(file);
      await (options.json ? printJson(check) : print(formatStreamCheck(check, file)));
      if (check.model === null) process.exitCode = 1;
    });
}
