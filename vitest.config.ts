import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**', 'test/bench/**'],
    setupFiles: ['test/support/random.ts'],
    pool: 'forks',
    maxWorkers: '100%',
    testTimeout: 30_000,
    reporters: ['default', ['json', { outputFile: '.cache/results/unit.json' }]],
  },
});
