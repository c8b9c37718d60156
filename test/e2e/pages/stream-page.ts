import type { Locator, Page } from '@playwright/test';

/** The stage-flow dashboard of one value stream. */
export class StreamPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  heading(name: string): Locator {
    return this.#page.getByRole('heading', { level: 1, name });
  }

  /** The column of one stage: its chevron and its metrics. */
  stage(id: string): Locator {
    return this.#page.getByRole('region', { name: new RegExp(`^${id.replace('.', '\\.')} `) });
  }

  stages(): Locator {
    return this.#page.getByRole('region', { name: /^NCV-\d\d\.\d / });
  }

  /** All tiles of the dashboard: the buttons of the stages that are no chevron. */
  tiles(): Locator {
    return this.stages().getByRole('button', { name: /^(?!NCV-)/ });
  }

  tile(metric: string): Locator {
    return this.stages().getByRole('button', { name: metric, exact: true });
  }

  /** Says that the numbers are those of the last visit. */
  keptMark(): Locator {
    return this.#page.getByRole('status').filter({ hasText: 'Kept numbers' });
  }

  chevron(id: string): Locator {
    return this.stage(id).getByRole('button', { name: /stage details$/ });
  }

  details(): Locator {
    return this.#page.getByRole('dialog');
  }

  async openStream(id: string): Promise<void> {
    await this.#page.getByRole('navigation', { name: 'Value streams' }).getByText(id, { exact: true }).click();
  }

  /** Keeps only these members of a dimension. */
  async filter(dimension: string, members: readonly string[]): Promise<void> {
    await this.filterButton(dimension).click();
    for (const member of members) await this.#page.getByRole('checkbox', { name: member, exact: true }).check();
    await this.#page.keyboard.press('Escape');
  }

  filterButton(dimension: string): Locator {
    return this.#page.getByRole('region', { name: 'Filters' }).getByRole('button', { name: new RegExp(`^${dimension}:`) });
  }

  async showAll(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Show all' }).click();
  }

  async choosePeriod(preset: string): Promise<void> {
    await this.#page
      .getByRole('combobox', { name: 'Period' })
      .or(this.#page.getByRole('textbox', { name: 'Period' }))
      .click();
    await this.#page.getByRole('option', { name: preset }).click();
  }
}
