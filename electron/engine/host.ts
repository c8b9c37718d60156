import { join } from 'node:path';
import { MessageChannelMain, type UtilityProcess, utilityProcess, type WebContents } from 'electron';
import log from 'electron-log/main';
import { type ErrorData, errorData, WeirError } from '../../analytics/contract/errors.ts';
import type { WindowEvent } from '../../analytics/contract/window-api.ts';
import type { EngineArguments, EngineNotice, ShellMessage } from './engine-channel.ts';

/**
 * Keeps one engine process running and hands its port to the window. The engine is started before there is a window,
 * since opening a workspace takes longer than opening a window.
 * An engine that dies is started again once; one that dies again stays down until the user asks.
 */
export class EngineHost {
  #window: WebContents | null = null;
  #arguments: EngineArguments;
  #process: UtilityProcess | null = null;
  #mayRestart = true;
  #windowWaits = false;

  constructor(args: EngineArguments) {
    this.#arguments = args;
  }

  /** From now on this window hears the engine's news, and `connect` gives it a port. */
  serve(window: WebContents): void {
    this.#window = window;
  }

  get dir(): string {
    return this.#arguments.dir;
  }

  /** Starts the engine; one that runs is stopped first, and has let go of its workspace before the next one opens it. */
  async start(args: EngineArguments = this.#arguments): Promise<void> {
    this.#arguments = args;
    this.#mayRestart = true;
    await this.stop();
    if (this.#process === null) this.#fork();
  }

  /** Gives the window a fresh port to the engine; until one runs, the window waits for it. */
  connect(): void {
    if (this.#process === null) {
      this.#windowWaits = true;
      return;
    }
    this.#windowWaits = false;
    const { port1, port2 } = new MessageChannelMain();
    this.#process.postMessage({ kind: 'connect' } satisfies ShellMessage, [port1]);
    this.#window?.postMessage('engine:port', null, [port2]);
  }

  /** Ends the engine; resolves once its process is gone. */
  async stop(): Promise<void> {
    const running = this.#process;
    this.#process = null;
    if (running === null) return;
    const gone = new Promise<void>((done) => running.once('exit', () => done()));
    running.kill();
    await gone;
  }

  #fork(): void {
    const child = utilityProcess.fork(join(import.meta.dirname, 'engine.js'), [JSON.stringify(this.#arguments)], {
      serviceName: 'Weir engine',
      stdio: 'pipe',
    });
    this.#process = child;
    child.stdout?.on('data', (text: Buffer) => log.info('[engine]', text.toString().trimEnd()));
    child.stderr?.on('data', (text: Buffer) => log.warn('[engine]', text.toString().trimEnd()));
    child.on('message', (notice: EngineNotice) => {
      if (notice.kind === 'opened') log.info('Engine opened', notice.dir);
      else log.error('Engine could not open the workspace', notice.error);
    });
    child.on('exit', (code) => {
      if (this.#process === child) this.#died(code);
    });
    if (this.#windowWaits) this.connect();
  }

  #died(code: number): void {
    this.#process = null;
    const error = errorData(new WeirError('unexpected', { reason: `the engine stopped (exit code ${code})` }));
    log.error('Engine died', { code, restarting: this.#mayRestart });
    this.#tellStopped(error);
    if (!this.#mayRestart) {
      this.#news({ kind: 'failed', error });
      return;
    }
    this.#mayRestart = false;
    this.#windowWaits = true;
    this.#fork();
    this.#news({ kind: 'restarted', error });
  }

  #tellStopped(error: ErrorData): void {
    if (this.#window?.isDestroyed() === false) this.#window.send('engine:stopped', error);
  }

  #news(event: WindowEvent): void {
    if (this.#window?.isDestroyed() === false) this.#window.send('engine:event', event);
  }
}
