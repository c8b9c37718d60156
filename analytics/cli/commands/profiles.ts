import type { Command } from 'commander';
import { listProfiles, type ProfileSummary, showProfile } from '../../index.ts';
import { columns } from '../columns.ts';
import { print, printJson } from '../output.ts';

interface ProfileOptions {
  readonly show?: string;
  readonly json: boolean;
}

/** `weir profiles`. */
export function addProfileCommand(program: Command): void {
  program
    .command('profiles')
    .description('the source profiles: whose files are known, and of which tables')
    .argument('[dir]', 'a workspace, whose own profiles are listed too')
    .option('--show <profile>', 'print the file of one profile, to be copied and changed')
    .option('--json', 'print JSON', false)
    .action(async (dir: string | undefined, { show, json }: ProfileOptions) => {
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
