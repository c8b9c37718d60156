import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol } from 'electron';

const SCHEME = 'app';
const HOST = 'weir';

/** The origin of everything the window shows. */
export const APP_ORIGIN = `${SCHEME}://${HOST}`;

/**
 * Only our own files run or load, and nothing is fetched from anywhere.
 * Styles may be inline: the component library and the chart tooltips set them; scripts may not.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** Must run before the app is ready: gives `app://` the rights of an ordinary secure origin. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the built window from `folder` under {@link APP_ORIGIN}; a path without a file ending gives the window's page. */
export function serveWindow(folder: string): void {
  protocol.handle(SCHEME, async (request) => {
    const url = new URL(request.url);
    const file = fileOf(folder, url.pathname);
    if (url.host !== HOST || file === null) return refusal();
    try {
      return new Response(new Uint8Array(await readFile(file)), { headers: headersOf(file) });
    } catch {
      return refusal();
    }
  });
}

function fileOf(folder: string, pathname: string): string | null {
  const inside = extname(pathname) === '' ? 'index.html' : decodeURIComponent(pathname);
  const file = normalize(join(folder, inside));
  return file.startsWith(folder + sep) ? file : null;
}

function headersOf(file: string): Record<string, string> {
  return {
    'content-type': MEDIA_TYPES[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
  };
}

function refusal(): Response {
  return new Response('Not found', { status: 404, headers: { 'content-security-policy': CONTENT_SECURITY_POLICY } });
}
