import type { Command } from 'commander';
import { WeirError } from '../../contract/errors.ts';
import { listProfiles, type ProfileSummary, showProfile } from '../../index.ts';
import { columns } from '../columns.ts';
import { print, printJson } from '../output.ts';
import { ask } from '../session.ts';

interface ProfileOptions {
  readonly show?: string;
  readonly add?: string;
  readonly replace: boolean;
  readonly json: boolean;
}

/** `weir profiles`. */
export function addProfileCommand(program: Command): void {
  program
    .command('profiles')
    .description('the source profiles: whose files are known, and of which tables')
    .argument('[dir]', 'a workspace, whose own profiles are listed too')
    .option('--show <profile>', 'print the file of one profile, to be copied and changed')
    .option('--add <file>', 'bring the file of a profile into the workspace')
    .option('--replace', 'with --add: put it in the place of a profile of the same name', false)
    .option('--json', 'print JSON', false)
    .action(async (dir: string | undefined, { show, add, replace, json }: ProfileOptions) => {
      if (add !== undefined) {
        if (dir === undefined)
          throw new WeirError('bad-request', { reason: '--add needs the workspace: weir profiles DIR --add FILE.' });
        const saved = await ask(dir, 'profile.bring', { file: add, replace });
        await (json ? printJson(saved) : print(`The source profile ${saved.name} is in ${saved.path}.`));
        return;
      }
      if (show !== undefined) {
        await print(JSON.stringify(await showProfile(dir ?? null, show), null, 2));
        return;
      }
      const profiles = await listProfiles(dir ?? null);
      await (json ? printJson(profiles) : print(formatProfiles(profiles)));
    });
}

function formatProfiles(profiles: readonly ProfileSummary[]): string {
  const rows = profiles.map(({ name, title, own, tables }) => [name, own ? 'own' : 'built in', title, tables.join(', ')]);
  return columns([['profile', '', 'source', 'tables'], ...rows], new Set());
}
