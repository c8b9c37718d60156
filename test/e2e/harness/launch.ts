import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';

/** How to launch the app on this machine. */
export interface LaunchPlan {
  readonly executable: string;
  readonly appArguments: readonly string[];
  /** The virtual display to draw on; null where there is a real one. */
  readonly display: string | null;
  /** The sample workspace that tests copy. */
  readonly sample: string;
}

/** A running app on a workspace of its own. */
export interface LaunchedApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly workspace: string;
  close(): Promise<void>;
}

/** Test machines are often root and have no graphics card; the product itself never runs with these. */
const TEST_MACHINE_ARGUMENTS = process.platform === 'linux' ? ['--no-sandbox', '--disable-gpu'] : [];

/** Opens the app on a fresh copy of the sample workspace, with a user folder of its own. */
export async function launch(plan: LaunchPlan): Promise<LaunchedApp> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-e2e-'));
  await cp(plan.sample, workspaceIn(folder), { recursive: true });
  const opened = await open(plan, folder);
  return {
    ...opened,
    async close() {
      await opened.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Opens the app on the workspace in `folder`, where its user folder is too; closing leaves both. */
export async function open(plan: LaunchPlan, folder: string): Promise<LaunchedApp> {
  const workspace = workspaceIn(folder);
  const app = await _electron.launch({
    executablePath: plan.executable,
    args: [...plan.appArguments, ...TEST_MACHINE_ARGUMENTS, `--user-data-dir=${join(folder, 'user')}`],
    env: { ...environment(), ...(plan.display === null ? {} : { DISPLAY: plan.display }), WEIR_WORKSPACE: workspace },
  });
  return { app, page: await app.firstWindow(), workspace, close: () => app.close() };
}

/** Where the workspace of a launched app lies. */
export function workspaceIn(folder: string): string {
  return join(folder, 'workspace');
}

function environment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
