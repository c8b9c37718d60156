import { describeRuntime, ensureElectron } from './choice.ts';

/** `npm run runtime`: makes an Electron ready and says which one and why. */
try {
  process.stdout.write(`${describeRuntime(await ensureElectron())}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
