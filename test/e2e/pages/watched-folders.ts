import type { Locator, Page } from '@playwright/test';

/** The folders whose files are imported as they appear. */
export class WatchedFolders {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  panel(): Locator {
    return this.#page.getByRole('region', { name: 'Watched folders' });
  }

  /** Watches the folder that the next dialog answers with. */
  async add(): Promise<void> {
    await this.panel().getByRole('button', { name: 'Watch a folder' }).click();
  }

  row(folder: string): Locator {
    return this.panel()
      .getByRole('row')
      .filter({ has: this.#page.getByRole('button', { name: `Stop watching ${folder}`, exact: true }) });
  }

  async remove(folder: string): Promise<void> {
    await this.row(folder)
      .getByRole('button', { name: `Stop watching ${folder}`, exact: true })
      .click();
  }

  refused(): Locator {
    return this.panel().getByRole('list', { name: 'Refused files of watched folders' });
  }

  async tryAgain(file: string): Promise<void> {
    await this.refused()
      .getByRole('button', { name: `Try ${file} again`, exact: true })
      .click();
  }

  news(title: string): Locator {
    return this.#page.getByRole('alert').filter({ hasText: title });
  }
}
