import type { Page } from '@playwright/test';

/** One change of a filter: the member of a dimension to tick or untick. */
interface Step {
  readonly dimension: string;
  readonly member: string;
}

const PAINTED = 'numbers painted';

/** Changes that never come to a choice that was there before (a Gray code over seven members), so that no answer is known already. */
export function walk(members: Readonly<Record<string, readonly string[]>>): readonly Step[] {
  const take = (dimension: string, count: number): Step[] =>
    (members[dimension.toLowerCase()] ?? []).slice(0, count).map((member) => ({ dimension, member }));
  const steps = [...take('Region', 2), ...take('Product', 2), ...take('Channel', 2), ...take('Segment', 1)];
  return Array.from({ length: 2 ** steps.length - 1 }, (_, index) => {
    const bit = Math.log2((index + 1) & -(index + 1));
    return steps[bit];
  }).filter((step) => step !== undefined);
}

/** Clicks its way along and gives each change's time from the click to the numbers on screen, in ms. Ends early once `over`. */
export async function clickToPainted(page: Page, steps: readonly Step[], over: () => boolean = () => false): Promise<number[]> {
  const times: number[] = [];
  let open: string | null = null;
  for (const { dimension, member } of steps) {
    if (over()) break;
    if (open !== dimension) {
      if (open !== null) await page.keyboard.press('Escape');
      await page
        .getByRole('region', { name: 'Filters' })
        .getByRole('button', { name: new RegExp(`^${dimension}:`) })
        .click();
      open = dimension;
    }
    const box = page.getByRole('dialog', { name: dimension }).getByRole('checkbox', { name: member, exact: true });
    times.push(await paintedAfter(page, () => box.click()));
  }
  if (open !== null) await page.keyboard.press('Escape');
  return times;
}

/** The time from the click that `act` makes to the numbers that it brings on screen, in ms, as the window itself measures it. */
export async function paintedAfter(page: Page, act: () => Promise<void>): Promise<number> {
  const clicked = await page.evaluateHandle((mark) => {
    performance.clearMarks(mark);
    const heard = { at: 0 };
    window.addEventListener(
      'pointerup',
      (event) => {
        heard.at ||= event.timeStamp;
      },
      { capture: true, once: true },
    );
    return heard;
  }, PAINTED);
  await act();
  const handle = await page.waitForFunction(
    ([mark, heard]) => {
      const entry = performance.getEntriesByName(mark).find((each) => each.startTime > heard.at);
      return entry !== undefined && document.querySelector('[data-refreshing="true"]') === null
        ? entry.startTime - heard.at
        : null;
    },
    [PAINTED, clicked] as const,
  );
  return (await handle.jsonValue()) ?? Number.NaN;
}
