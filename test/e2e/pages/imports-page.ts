import type { Locator, Page } from '@playwright/test';

/** Bringing extracts in and taking them back. */
export class ImportsPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(): Promise<void> {
    await this.#page.getByRole('navigation', { name: 'Value streams' }).getByText('Imports', { exact: true }).click();
  }

  async chooseFiles(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Choose files' }).click();
  }

  /** Imports what is looked at. */
  async confirm(): Promise<void> {
    await this.#page.getByRole('button', { name: /^Import \d+ files?$/ }).click();
  }

  /** What is shown of one file before it is imported. */
  review(file: string): Locator {
    return this.#page.getByRole('region', { name: file, exact: true });
  }

  /** Brings one of several files into view. */
  async show(file: string): Promise<void> {
    await this.#page.getByRole('navigation', { name: 'Files to import' }).getByRole('button', { name: file }).click();
  }

  /** How one of several files stands. */
  standing(file: string): Locator {
    return this.#page.getByRole('navigation', { name: 'Files to import' }).getByRole('button', { name: file });
  }

  /** The columns of the file: what each fills, how it is read, and texts of it. */
  columns(file: string): Locator {
    return this.#page.getByRole('region', { name: `Columns of ${file}` });
  }

  column(file: string, header: string): Locator {
    return this.columns(file)
      .getByRole('row')
      .filter({ has: this.#page.getByRole('rowheader', { name: header, exact: true }) });
  }

  /** The choice of what a column fills. */
  fills(file: string, header: string): Locator {
    return this.columns(file).getByRole('combobox', { name: `Column that ${header} fills` });
  }

  /** The choice of the zone of a column's times that are written without one. */
  zone(file: string, header: string): Locator {
    return this.columns(file).getByRole('combobox', { name: `Zone of ${header}` });
  }

  /** Opens a part of the review: columns, rows, findings, rejected rows. */
  async openPart(file: string, part: RegExp): Promise<void> {
    await this.review(file).getByRole('tab', { name: part }).click();
  }

  sample(file: string): Locator {
    return this.#page.getByRole('region', { name: `Rows of ${file} as written and as understood` });
  }

  /** What would become of the rows. */
  dryRun(file: string): Locator {
    return this.review(file).getByLabel(`What would become of the rows of ${file}`);
  }

  /** One of the choices for the whole file, such as its delimiter. */
  choice(file: string, name: string): Locator {
    return this.review(file).getByLabel(`${name} of ${file}`, { exact: true });
  }

  question(text: RegExp): Locator {
    return this.#page.getByRole('region', { name: text });
  }

  async answer(question: RegExp, answer: RegExp): Promise<void> {
    await this.question(question).getByRole('button', { name: answer }).click();
  }

  /** Saves what is in force for the file in view as a source profile. */
  async saveProfile(title: string): Promise<void> {
    await this.#page.getByRole('button', { name: 'Save as a source profile' }).click();
    await this.profileDialog().getByLabel('What the source is').fill(title);
    await this.profileDialog().getByRole('button', { name: 'Save the profile' }).click();
  }

  profileDialog(): Locator {
    return this.#page.getByRole('dialog', { name: 'Save as a source profile' });
  }

  table(file: string): Locator {
    return this.review(file)
      .getByRole('combobox', { name: `Table of ${file}` })
      .or(this.review(file).getByRole('textbox', { name: `Table of ${file}` }));
  }

  async chooseTable(file: string, table: string): Promise<void> {
    await this.table(file).click();
    await this.#page.getByRole('option', { name: table, exact: true }).click();
  }

  /** What the import would do to the metrics. */
  effect(): Locator {
    return this.#page.getByRole('region', { name: 'Effect', exact: true });
  }

  changes(): Locator {
    return this.effect().getByRole('table');
  }

  /** Stops the import that runs. */
  async cancel(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Cancel the import' }).click();
  }

  /** Drops files of this machine onto the window, as a user who drags them from a folder does. */
  async drop(paths: readonly string[]): Promise<void> {
    const input = this.#page.getByLabel('Files to import');
    await input.setInputFiles([...paths]);
  }

  ledger(): Locator {
    return this.#page.getByRole('table', { name: 'Ledger of the last import' });
  }

  history(): Locator {
    return this.#page.getByRole('table', { name: 'Import history' });
  }

  batch(number: number): Locator {
    return this.history()
      .getByRole('row')
      .filter({ has: this.#page.getByRole('button', { name: `Undo import ${number}`, exact: true }) });
  }

  async undo(number: number): Promise<void> {
    await this.#page.getByRole('button', { name: `Undo import ${number}`, exact: true }).click();
    await this.#page.getByRole('dialog').getByRole('button', { name: 'Undo import' }).click();
  }

  rejects(number: number): Locator {
    return this.#page.getByRole('table', { name: `Rejected rows of import ${number}` });
  }

  async showRejects(number: number): Promise<void> {
    await this.#page.getByRole('button', { name: `Rejected rows of import ${number}`, exact: true }).click();
  }
}
