import { test as base, expect } from '@playwright/test';
import { WeirApp } from '../pages/weir-app.ts';
import { launch } from './launch.ts';
import { publishedPlan } from './plan.ts';

export { expect };

/** Gives each test an app of its own on a workspace of its own, and fails it for any error that the window did not catch. */
export const test = base.extend<{ weir: WeirApp }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are asked for from this pattern.
  weir: async ({}, use) => {
    const launched = await launch(publishedPlan());
    const uncaught: string[] = [];
    launched.page.on('pageerror', (error) => uncaught.push(error.stack ?? error.message));
    await use(new WeirApp(launched));
    await launched.close();
    expect(uncaught, 'errors that nothing in the window caught').toEqual([]);
  },
});
