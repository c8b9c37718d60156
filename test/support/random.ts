import fc from 'fast-check';

/**
 * Property tests try the same cases at every run, so that none fails by luck. `WEIR_SEED=7` tries others, `WEIR_SEED=new` others
 * at every run, and `WEIR_RUNS=20` twenty times as many.
 */
const { WEIR_SEED: seed = '20261101', WEIR_RUNS: times = '1' } = process.env;
fc.configureGlobal({ seed: seed === 'new' ? Date.now() : Number(seed), numRuns: runs(100) });

/** How many cases a test tries that tries `usual` ones as a rule. */
export function runs(usual: number): number {
  return Math.ceil(usual * Number(times));
}
