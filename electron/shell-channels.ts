import { z } from 'zod';

const SAVE_KINDS = ['html', 'csv', 'json', 'svg', 'png', 'sql', 'md'] as const;

/** What the window may ask of the shell itself (not of the engine): channel name to the schema of its arguments. */
export const SHELL_REQUESTS = {
  'shell:pick-files': z.tuple([]),
  'shell:pick-profile': z.tuple([]),
  'shell:pick-folder': z.tuple([]),
  'shell:pick-workspace': z.tuple([]),
  'shell:open-sample': z.tuple([]),
  'shell:save-file': z.tuple([z.string().min(1).max(255), z.string(), z.enum(SAVE_KINDS)]),
} as const satisfies Record<string, z.ZodType<readonly unknown[]>>;

export type ShellRequest = keyof typeof SHELL_REQUESTS;
export type ShellArguments<Name extends ShellRequest> = z.output<(typeof SHELL_REQUESTS)[Name]>;

export interface ShellAnswers {
  'shell:pick-files': readonly string[];
  'shell:pick-profile': string | null;
  'shell:pick-folder': string | null;
  'shell:pick-workspace': string | null;
  'shell:open-sample': null;
  'shell:save-file': string | null;
}
