import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**', 'test/bench/**'],
    pool: 'forks',
    testTimeout: 30_000,
    reporters: ['default', ['json', { outputFile: '.cache/results/unit.json' }]],
  },
});
