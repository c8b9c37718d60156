import { contextBridge, ipcRenderer, webFrame, webUtils } from 'electron';
import type { Packed } from '../analytics/contract/columns.ts';
import { type ErrorData, errorData, type Outcome, WeirError } from '../analytics/contract/errors.ts';
import type { Call, Cancel, EngineMessage } from '../analytics/contract/methods.ts';
import type { WindowApi, WindowEvent, WindowPlatform } from '../analytics/contract/window-api.ts';
import { APP_VERSION_ARGUMENT } from './app-version-argument.ts';
import type { ShellAnswers, ShellArguments, ShellRequest } from './shell-channels.ts';
import { freeAtRest } from './window-rest.ts';

/**
 * The one bridge between the window and everything else, and the one user of `ipcRenderer`.
 * It holds the port to the engine, so that answers never pass through the main process; the window sees `window.weir` only.
 */
type Settle = (outcome: Outcome<Packed<unknown>>) => void;

const listeners = new Set<(event: WindowEvent) => void>();
const waiting = new Map<number, Settle>();
const unsent: Call[] = [];
let port: MessagePort | null = null;
let lastId = 0;
const cancelled = errorData(new WeirError('cancelled'));
const worked = freeAtRest(window, () => webFrame.clearCache());

function ask<Name extends ShellRequest>(name: Name, ...args: ShellArguments<Name>): Promise<ShellAnswers[Name]> {
  return ipcRenderer.invoke(name, ...args) as Promise<ShellAnswers[Name]>;
}

function argument(name: string): string {
  return process.argv.find((text) => text.startsWith(name))?.slice(name.length) ?? '';
}

function operatingSystem(): WindowPlatform['os'] {
  if (process.platform === 'darwin') return 'macos';
  return process.platform === 'win32' ? 'windows' : 'linux';
}

function emit(event: WindowEvent): void {
  for (const listener of listeners) listener(event);
}

function receive(message: EngineMessage | WindowEvent): void {
  worked();
  if (message.kind !== 'answer') {
    emit(message);
    return;
  }
  const settle = waiting.get(message.id);
  waiting.delete(message.id);
  settle?.(message.outcome);
}

/** What was sent over a port that is gone is never answered by the engine: answer it here. */
function abandonCalls(error: ErrorData): void {
  const unsentIds = new Set(unsent.map((call) => call.id));
  for (const [id, settle] of [...waiting]) {
    if (unsentIds.has(id)) continue;
    waiting.delete(id);
    settle({ ok: false, error });
  }
}

ipcRenderer.on('engine:port', (event) => {
  const next = event.ports[0];
  if (next === undefined) return;
  port?.close();
  port = next;
  port.onmessage = (message: MessageEvent<EngineMessage | WindowEvent>) => receive(message.data);
  for (const call of unsent.splice(0)) port.postMessage(call);
});

ipcRenderer.on('engine:stopped', (_event, error: ErrorData) => {
  port?.close();
  port = null;
  abandonCalls(error);
});

ipcRenderer.on('engine:event', (_event, news: WindowEvent) => emit(news));

const api: WindowApi = {
  platform: {
    os: operatingSystem(),
    appVersion: argument(APP_VERSION_ARGUMENT),
    electronVersion: process.versions.electron ?? '',
  },
  call(method, input, view) {
    lastId += 1;
    const call: Call = { id: lastId, view, method, input };
    const answer = new Promise<Outcome<Packed<unknown>>>((settle) => waiting.set(call.id, settle));
    if (port === null) unsent.push(call);
    else port.postMessage(call);
    return answer as Promise<never>;
  },
  cancel(method, view) {
    const isMeant = (call: Call) => call.method === method && call.view === view;
    const held = unsent.splice(0);
    unsent.push(...held.filter((call) => !isMeant(call)));
    for (const { id } of held.filter(isMeant)) receive({ kind: 'answer', id, outcome: { ok: false, error: cancelled } });
    port?.postMessage({ cancel: { method, view } } satisfies Cancel);
  },
  onEvent(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  pickFiles: () => ask('shell:pick-files'),
  pickProfile: () => ask('shell:pick-profile'),
  pickFolder: () => ask('shell:pick-folder'),
  pickWorkspace: () => ask('shell:pick-workspace'),
  openSample: async () => {
    await ask('shell:open-sample');
  },
  saveFile: (suggestedName, text, kind) => ask('shell:save-file', suggestedName, text, kind),
  pathsOfDroppedFiles: (files) => files.map((file) => webUtils.getPathForFile(file as File)).filter((path) => path !== ''),
};

contextBridge.exposeInMainWorld('weir', api);
ipcRenderer.send('engine:connect');
