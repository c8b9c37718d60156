import { link, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { LaunchPlan } from '../../e2e/harness/launch.ts';

const PAGE = '<h1>0</h1><script>document.fonts.ready</script>';
const MAIN = `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1440, height: 900, show: false, webPreferences: { sandbox: true } });
  window.once('ready-to-show', () => window.show());
  void window.loadURL('data:text/html,${encodeURIComponent(PAGE).replaceAll("'", '%27')}');
});
`;

/** How to launch an app that only opens a window, on the same Electron: what every Electron app costs on this machine. */
export async function bareElectron(plan: LaunchPlan, folder: string): Promise<LaunchPlan> {
  const app = join(folder, 'app');
  await mkdir(app, { recursive: true });
  await writeFile(join(app, 'package.json'), JSON.stringify({ name: 'bare', main: 'main.js' }));
  await writeFile(join(app, 'main.js'), MAIN);
  if (plan.appArguments.length > 0) return { ...plan, appArguments: [app] };
  const electron = join(folder, 'electron');
  await rm(electron, { recursive: true, force: true });
  await linkAll(dirname(plan.executable), electron);
  await rm(join(electron, 'resources/app'), { recursive: true, force: true });
  await mkdir(join(electron, 'resources/app'), { recursive: true });
  for (const file of ['package.json', 'main.js']) await link(join(app, file), join(electron, 'resources/app', file));
  return { ...plan, executable: join(electron, basename(plan.executable)) };
}

/** A copy whose files are links: an Electron that runs only its `resources/app` can so run another. */
async function linkAll(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (entry.isDirectory()) await linkAll(join(from, entry.name), join(to, entry.name));
    else if (entry.isFile()) await link(join(from, entry.name), join(to, entry.name));
  }
}
