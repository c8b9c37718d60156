import type { LaunchPlan } from './launch.ts';

const VARIABLE = 'WEIR_E2E_PLAN';

/** Leaves the plan where Playwright's worker processes find it. */
export function publishPlan(plan: LaunchPlan): void {
  process.env[VARIABLE] = JSON.stringify(plan);
}

/** The plan that the global setup made. */
export function publishedPlan(): LaunchPlan {
  const text = process.env[VARIABLE];
  if (text === undefined) throw new Error('Nothing is prepared. Run the end-to-end tests with: npm run test:e2e');
  return JSON.parse(text) as LaunchPlan;
}
