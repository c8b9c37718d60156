import { runnerImport } from 'vite';

/** Runs `import.ts` with the bundler's reading of the source, as the product is built: built-in files are found by it. */
await runnerImport(new URL('./import.ts', import.meta.url).pathname, { configFile: false, logLevel: 'error' });
