import { join, resolve } from 'node:path';
import { defineConfig } from '@playwright/test';

const cache = resolve(import.meta.dirname, '../../.cache');

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  globalSetup: './harness/global-setup.ts',
  outputDir: join(cache, 'e2e'),
  reporter: [['list'], ['json', { outputFile: join(cache, 'results/e2e.json') }]],
  forbidOnly: true,
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
});
