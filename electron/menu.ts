import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { WindowCommand } from '../analytics/contract/window-api.ts';

export interface MenuActions {
  openWorkspace(): void;
  reloadEngine(): void;
  command(name: WindowCommand): void;
}

/** The application menu: what the shell does itself, and what it passes on to the window. */
export function setMenu(actions: MenuActions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate([...appMenu(), fileMenu(actions), editMenu(), viewMenu(), helpMenu()]));
}

function appMenu(): MenuItemConstructorOptions[] {
  return process.platform === 'darwin' ? [{ role: 'appMenu' }] : [];
}

function fileMenu(actions: MenuActions): MenuItemConstructorOptions {
  return {
    label: '&File',
    submenu: [
      { label: 'Open workspace…', accelerator: 'CmdOrCtrl+O', click: () => actions.openWorkspace() },
      { label: 'Import…', accelerator: 'CmdOrCtrl+I', click: () => actions.command('import') },
      { label: 'Export review…', accelerator: 'CmdOrCtrl+E', click: () => actions.command('export-review') },
      { type: 'separator' },
      { label: 'Reload engine', click: () => actions.reloadEngine() },
      { type: 'separator' },
      { role: process.platform === 'darwin' ? 'close' : 'quit' },
    ],
  };
}

function editMenu(): MenuItemConstructorOptions {
  return { role: 'editMenu' };
}

function viewMenu(): MenuItemConstructorOptions {
  return {
    label: '&View',
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
      { role: 'toggleDevTools' },
    ],
  };
}

function helpMenu(): MenuItemConstructorOptions {
  return { role: 'help', submenu: [{ label: 'About Weir', click: () => app.showAboutPanel() }] };
}
