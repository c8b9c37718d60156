import { spawn } from 'node:child_process';
import { describeRuntime, ensureElectron } from '../runtime/choice.ts';
import { PROJECT } from '../runtime/project.ts';
import { ensureSystemPackages } from '../runtime/system-packages.ts';
import { hasDisplay } from './display.ts';
import { runHeadless } from './headless.ts';

/** `npm start`: the app on the sample workspace where there is a display, else the same work without one. */
async function start(): Promise<number> {
  if (!hasDisplay()) {
    await runHeadless();
    return 0;
  }
  const runtime = await ensureElectron();
  process.stdout.write(`${describeRuntime(runtime)}\n`);
  ensureSystemPackages(false);
  return new Promise((done, failed) => {
    const window = spawn(runtime.executable, [...runtime.appArguments, ...rootArguments(), ...process.argv.slice(2)], {
      cwd: PROJECT,
      stdio: 'inherit',
    });
    window.once('error', failed);
    window.once('close', (code) => done(code ?? 1));
  });
}

/** Chromium refuses its sandbox to root; only a checkout started by root goes without, never an installed app. */
function rootArguments(): string[] {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return [];
  process.stdout.write('Started by root, for whom Chromium has no sandbox: the window runs without it here.\n');
  return ['--no-sandbox'];
}

try {
  process.exitCode = await start();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
