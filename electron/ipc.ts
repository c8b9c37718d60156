import { type IpcMainEvent, type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import log from 'electron-log/main';
import { isOwnPage } from './hardening.ts';
import { SHELL_REQUESTS, type ShellAnswers, type ShellArguments, type ShellRequest } from './shell-channels.ts';

/** One handler for each request of the window to the shell. */
export type ShellHandlers = {
  readonly [Name in ShellRequest]: (...args: ShellArguments<Name>) => Promise<ShellAnswers[Name]>;
};

/** Listens to the window: the one user of `ipcMain`. What comes from another sender, or does not fit its schema, is refused. */
export function answerWindow(window: WebContents, handlers: ShellHandlers, connectEngine: () => void): void {
  for (const name of Object.keys(SHELL_REQUESTS) as ShellRequest[]) answer(window, name, handlers[name]);
  ipcMain.on('engine:connect', (event) => {
    if (isKnown(window, event)) connectEngine();
  });
}

function answer<Name extends ShellRequest>(window: WebContents, name: Name, handler: ShellHandlers[Name]): void {
  ipcMain.handle(name, (event, ...args: unknown[]) => {
    if (!isKnown(window, event)) throw new Error('Refused: unknown sender.');
    const parsed = SHELL_REQUESTS[name].parse(args) as ShellArguments<Name>;
    return (handler as (...args: ShellArguments<Name>) => Promise<ShellAnswers[Name]>)(...parsed);
  });
}

function isKnown(window: WebContents, event: IpcMainEvent | IpcMainInvokeEvent): boolean {
  const known = event.sender === window && isOwnPage(window, event.senderFrame);
  if (!known) log.warn('Message of an unknown sender refused', event.senderFrame?.url);
  return known;
}
