import { join } from 'node:path';
import { describeRuntime, ensureElectron } from '../../../electron/runtime/choice.ts';
import { CACHE } from '../../../electron/runtime/project.ts';
import { ensureSystemPackages } from '../../../electron/runtime/system-packages.ts';
import { hasDisplay } from '../../../electron/start/display.ts';
import { ensureSampleWorkspace } from '../../../electron/start/sample-workspace.ts';
import type { LaunchPlan } from './launch.ts';
import { startVirtualDisplay } from './virtual-display.ts';

/** Makes ready what real Electron needs on this machine; gives how to launch it, and how to tidy up afterwards. */
export async function prepare(): Promise<{ readonly plan: LaunchPlan; tidy(): Promise<void> }> {
  const runtime = await ensureElectron();
  process.stdout.write(`${describeRuntime(runtime)}\n`);
  ensureSystemPackages(!hasDisplay());
  const sample = join(CACHE, 'sample-workspace');
  await ensureSampleWorkspace(sample);
  const display = hasDisplay() ? null : await startVirtualDisplay();
  return {
    plan: { executable: runtime.executable, appArguments: runtime.appArguments, display: display?.name ?? null, sample },
    tidy: async () => display?.stop(),
  };
}
