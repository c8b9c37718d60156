import { runnerImport } from 'vite';

/** Runs a measurement with the bundler's reading of the source, as the product is built: built-in files are found by it. */
const file = process.argv.includes('--window') ? './window/main.ts' : './main.ts';
await runnerImport(new URL(file, import.meta.url).pathname, { configFile: false, logLevel: 'error' });
