import { publishPlan } from './plan.ts';
import { prepare } from './prepare.ts';

// biome-ignore lint/style/noDefaultExport: Playwright takes a global setup by its default export.
export default async function globalSetup(): Promise<() => Promise<void>> {
  const { plan, tidy } = await prepare();
  publishPlan(plan);
  return tidy;
}
