import type { ElectronApplication, Page } from '@playwright/test';
import { type Packed, unpack } from '../../../analytics/contract/columns.ts';
import type { Outcome } from '../../../analytics/contract/errors.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../../analytics/contract/methods.ts';
import type { WindowEvent } from '../../../analytics/contract/window-api.ts';
import type { LaunchedApp } from '../harness/launch.ts';

/** The running app as a test sees it: its window, its workspace, and the processes behind it. */
export class WeirApp {
  readonly page: Page;
  readonly workspace: string;
  readonly #app: ElectronApplication;

  constructor({ app, page, workspace }: LaunchedApp) {
    this.#app = app;
    this.page = page;
    this.workspace = workspace;
  }

  /** Asks the engine from inside the window, as a view does. */
  call<Name extends MethodName>(method: Name, input: MethodInput<Name>, view = 'test'): Promise<Outcome<MethodOutput<Name>>> {
    return this.callRaw(method, input, view) as Promise<Outcome<MethodOutput<Name>>>;
  }

  /** The same without the types, for what a hostile page might send. */
  async callRaw(method: string, input: unknown, view: string): Promise<Outcome<unknown>> {
    const outcome: Outcome<Packed<unknown>> = await this.page.evaluate(
      ([name, request, asker]) =>
        window.weir.call(name as 'workspace.describe', request as Record<string, never>, asker as string),
      [method, input, view] as const,
    );
    return outcome.ok ? { ok: true, value: unpack(outcome.value) } : outcome;
  }

  /** Begins to listen for an event of this kind; gives the function that waits for it. */
  async listenFor<Kind extends WindowEvent['kind']>(kind: Kind): Promise<() => Promise<Extract<WindowEvent, { kind: Kind }>>> {
    const heard = await this.page.evaluateHandle((awaited) => {
      const event = new Promise<WindowEvent>((found) => {
        const stop = window.weir.onEvent((news) => {
          if (news.kind !== awaited) return;
          stop();
          found(news);
        });
      });
      return { event };
    }, kind as string);
    return () => heard.evaluate(({ event }) => event) as Promise<Extract<WindowEvent, { kind: Kind }>>;
  }

  /** Makes the window's content this large. */
  async resize(width: number, height: number): Promise<void> {
    await this.#app.evaluate(({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h), [
      width,
      height,
    ] as const);
    await this.page.waitForFunction((wanted) => window.innerWidth === wanted, width);
  }

  windowCount(): Promise<number> {
    return this.#app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  }

  /** Clicks an entry of the application menu by the words the user reads. */
  clickMenu(menu: string, entry: string): Promise<void> {
    return this.#app.evaluate(
      ({ Menu }, [inMenu, label]) => {
        const items = Menu.getApplicationMenu()?.items.find((item) => item.label.replace('&', '') === inMenu)?.submenu?.items;
        const item = items?.find((candidate) => candidate.label === label);
        if (item === undefined) throw new Error(`There is no menu entry ${inMenu} > ${label}.`);
        item.click();
      },
      [menu, entry] as const,
    );
  }

  /** Lets the next file dialogs answer with these paths, as a user who chooses them would. */
  chooseInDialogs(paths: readonly string[]): Promise<void> {
    return this.#app.evaluate(
      ({ dialog }, chosen) => {
        dialog.showOpenDialog = async () => ({ canceled: chosen.length === 0, filePaths: [...chosen] });
        dialog.showSaveDialog = async () => ({ canceled: chosen.length === 0, filePath: chosen[0] ?? '' });
      },
      [...paths],
    );
  }

  /** What the window has kept for its next start; waits until something is. */
  async kept(): Promise<{ readonly query: { readonly stream: string; readonly where: object } }> {
    const kept = await this.page.waitForFunction(() => window.localStorage.getItem('kept view'));
    return JSON.parse((await kept.jsonValue()) ?? '');
  }

  /** Ends the engine's process as a crash would. */
  async killEngine(): Promise<void> {
    process.kill(await this.#enginePid(), 'SIGKILL');
  }

  /** Lets the engine answer nothing until {@link letEngineGo}. */
  async holdEngine(): Promise<void> {
    process.kill(await this.#enginePid(), 'SIGSTOP');
  }

  async letEngineGo(): Promise<void> {
    process.kill(await this.#enginePid(), 'SIGCONT');
  }

  async #enginePid(): Promise<number> {
    const pid = await this.#app.evaluate(
      ({ app }) => app.getAppMetrics().find((each) => each.name === 'Weir engine')?.pid ?? null,
    );
    if (pid === null) throw new Error('No engine process is running.');
    return pid;
  }
}
