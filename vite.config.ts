import { chmodSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type EnvironmentOptions, type Plugin, runnerImport } from 'vite';

const root = import.meta.dirname;

/** Stay outside the bundle: what is native, what finds its own files, and what only the review page needs. */
const OUTSIDE = ['electron', '@duckdb/node-api', 'electron-log', 'echarts'];

/** A build that runs in Node or in Electron's own processes. Libraries are part of it: one file is read in a fraction of the time of hundreds. */
function nodeBuild(entries: Record<string, string>, outDir: string, format: 'es' | 'cjs' = 'es'): EnvironmentOptions {
  const extension = format === 'es' ? 'js' : 'cjs';
  return {
    consumer: 'server',
    resolve: { noExternal: true, external: OUTSIDE },
    build: {
      ssr: true,
      outDir: resolve(root, outDir),
      emptyOutDir: format === 'es',
      target: 'node20',
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, resolve(root, file)])),
        external: OUTSIDE.map((name) => new RegExp(`^${name}(/|$)`)),
        output: { format, entryFileNames: `[name].${extension}`, chunkFileNames: `[name]-[hash].${extension}` },
      },
    },
  };
}

/** Makes the command line's bundle a program that can be run by its name. */
function executableCli(): Plugin {
  return {
    name: 'executable-cli',
    applyToEnvironment: (environment) => environment.name === 'cli',
    writeBundle: () => chmodSync(resolve(root, 'out/cli/weir.js'), 0o755),
  };
}

/** Modules that read what Weir itself ships, each with the function that gives it. */
const READ_AT_BUILD: Readonly<Record<string, string>> = {
  'analytics/catalogue/built-in-metrics.ts': 'builtInMetrics',
  'analytics/streams/built-in-streams.ts': 'builtInStreams',
};

/** Reads while building what every start would read alike, and puts it in the bundle as data: that was most of the time of opening a workspace. */
function readAtBuild(): Plugin {
  return {
    name: 'read-at-build',
    enforce: 'pre',
    applyToEnvironment: ({ name }) => name === 'electron' || name === 'cli',
    async load(id) {
      const file = relative(root, id).replaceAll('\\', '/');
      const name = READ_AT_BUILD[file];
      if (name === undefined) return null;
      const { module } = await runnerImport<Record<string, () => unknown>>(id, { root, configFile: false, logLevel: 'error' });
      const read = module[name];
      if (!read) throw new Error(`${file} gives no ${name}`);
      const data = JSON.stringify(JSON.stringify(read()));
      return { code: `const read = JSON.parse(${data});\nexport const ${name} = () => read;\n`, map: null };
    },
  };
}

/** One `vite build --app` makes everything that is run from `out/`: the window, the shell's processes, the command line. */
export default defineConfig({
  root: resolve(root, 'renderer'),
  base: './',
  plugins: [readAtBuild(), react(), executableCli()],
  environments: {
    client: {
      build: { outDir: resolve(root, 'out/renderer'), emptyOutDir: true, target: 'chrome130', chunkSizeWarningLimit: 3000 },
    },
    electron: nodeBuild({ main: 'electron/main.ts', engine: 'electron/engine/main.ts' }, 'out/electron'),
    preload: nodeBuild({ preload: 'electron/preload.ts' }, 'out/electron', 'cjs'),
    cli: nodeBuild({ weir: 'analytics/cli/main.ts' }, 'out/cli'),
  },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) {
        if (environment.name !== 'ssr') await builder.build(environment);
      }
    },
  },
});
