import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';
import { APP_VERSION_ARGUMENT } from './app-version-argument.ts';

/** The app's one window: no Node, its own world for the preload, everything sandboxed. It shows itself once it has drawn. */
export function createWindow(): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Weir',
    width: 1440,
    height: 900,
    minWidth: 900,
    minHeight: 600,
    show: false,
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.cjs'),
      additionalArguments: [APP_VERSION_ARGUMENT + app.getVersion()],
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  return window;
}
