import { resolve } from 'node:path';
import { app, type BrowserWindow } from 'electron';
import log from 'electron-log/main';
import { APP_ORIGIN, declareAppScheme, serveWindow } from './app-protocol.ts';
import { pickFiles, pickFolder, pickProfile, pickWorkspaceFolder, saveFile } from './dialogs.ts';
import type { EngineArguments } from './engine/engine-channel.ts';
import { EngineHost } from './engine/host.ts';
import { hardenEveryPage, hardenSession } from './hardening.ts';
import { answerWindow } from './ipc.ts';
import { setMenu } from './menu.ts';
import { createWindow } from './window.ts';
import { chooseWorkspace, rememberWorkspace, sampleWorkspace } from './workspace-choice.ts';

/** The shell: one window, one engine process, and nothing that knows what a metric is. */
function run(): void {
  declareAppScheme();
  hardenEveryPage();
  app.on('window-all-closed', () => app.quit());
  void app.whenReady().then(openApp);
}

function openApp(): void {
  const userData = app.getPath('userData');
  const engine = new EngineHost(chooseWorkspace(userData, process.env.WEIR_WORKSPACE));
  void engine.start();
  serveWindow(resolve(import.meta.dirname, '../renderer'));
  const window = createWindow();
  hardenSession(window.webContents.session);
  engine.serve(window.webContents);

  const openAt = async (choice: EngineArguments): Promise<void> => {
    rememberWorkspace(userData, choice.dir);
    await engine.start(choice);
    void window.loadURL(addressOf(choice.dir));
  };
  const openWorkspace = async (): Promise<string | null> => {
    const dir = await pickWorkspaceFolder(window);
    if (dir !== null) await openAt({ dir, sampleWhereMissing: false });
    return dir;
  };

  answerWindow(
    window.webContents,
    {
      'shell:pick-files': () => pickFiles(window),
      'shell:pick-profile': () => pickProfile(window),
      'shell:pick-folder': () => pickFolder(window),
      'shell:pick-workspace': openWorkspace,
      'shell:open-sample': async () => {
        await openAt(sampleWorkspace(userData));
        return null;
      },
      'shell:save-file': (name, text, kind) => saveFile(window, name, text, kind),
    },
    () => engine.connect(),
  );
  setMenu({
    openWorkspace: () => void openWorkspace(),
    reloadEngine: () => void engine.start().then(() => window.webContents.reload()),
    command: (command) => window.webContents.send('engine:event', { kind: 'command', command }),
  });
  app.on('second-instance', () => bringToFront(window));
  app.on('will-quit', () => void engine.stop());
  void window.loadURL(addressOf(engine.dir));
}

/** The window's page; it names the workspace, so that the window knows at once which kept numbers are this workspace's. */
function addressOf(workspace: string): string {
  return `${APP_ORIGIN}/index.html?${new URLSearchParams({ workspace })}`;
}

function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.focus();
}

// The toolkit of the system draws dialogs only; with OpenGL it would load a compiler of its own for that.
if (process.platform === 'linux') process.env.GDK_GL ??= 'disable';
log.initialize({ spyRendererConsole: false });
log.errorHandler.startCatching({ showDialog: false });
if (app.requestSingleInstanceLock()) run();
else app.quit();
