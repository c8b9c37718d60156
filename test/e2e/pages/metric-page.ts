import type { Locator, Page } from '@playwright/test';

/** The page of one metric. */
export class MetricPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  heading(name: string): Locator {
    return this.#page.getByRole('heading', { level: 1, name });
  }

  panel(title: string): Locator {
    return this.#page.getByRole('region', { name: title, exact: true });
  }

  chart(title: string): Locator {
    return this.panel(title).getByRole('img').first();
  }

  /** Clicks the chart in the column of the month at this place, from 0 (first) to 1 (last). */
  async clickMonth(place: number): Promise<void> {
    const drawing = this.chart('By month').locator('svg');
    const box = await drawing.boundingBox();
    if (box === null) throw new Error('The chart has no size.');
    await drawing.click({ position: { x: 70 + place * (box.width - 70 - 140), y: box.height / 2 } });
  }

  month(): Locator {
    return this.panel('Records').getByLabel('Month', { exact: true });
  }

  /** The rows of the records in view, without the header. */
  records(): Locator {
    return this.panel('Records')
      .getByRole('row')
      .filter({ has: this.#page.getByRole('cell') });
  }

  /** The head of a column of the records. */
  head(column: string): Locator {
    return this.panel('Records').getByRole('columnheader', { name: column });
  }

  /** Clicks a column's head: ascending first, then descending, then by day again. */
  async sortBy(column: string): Promise<void> {
    await this.head(column).getByRole('button').click();
  }

  async back(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Back' }).click();
  }
}
