import { app, type Session, type WebContents } from 'electron';
import log from 'electron-log/main';
import { APP_ORIGIN } from './app-protocol.ts';

/** Addresses a window may load from: its own files, data it made itself, and the developer tools. */
const ALLOWED_SCHEMES = new Set(['app:', 'data:', 'blob:', 'devtools:']);

/** Holds for every page that ever comes to be: no navigation away, no new window, no embedded view. */
export function hardenEveryPage(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (details) => {
      if (isOurs(details.url)) return;
      log.warn('Navigation refused', details.url);
      details.preventDefault();
    });
    contents.on('will-redirect', (details) => details.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      log.warn('New window refused', url);
      return { action: 'deny' };
    });
  });
}

/** Refuses every permission and every request that leaves the app. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, answer) =>
    answer({ cancel: !ALLOWED_SCHEMES.has(new URL(details.url).protocol) }),
  );
}

/** Whether a message comes from our own page in its main frame, and not from a frame or page that slipped in. */
export function isOwnPage(contents: WebContents, frame: Electron.WebFrameMain | null): boolean {
  return frame !== null && frame === contents.mainFrame && isOurs(frame.url);
}

function isOurs(url: string): boolean {
  return url.startsWith(`${APP_ORIGIN}/`);
}
