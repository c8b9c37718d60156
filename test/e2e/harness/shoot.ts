import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CACHE } from '../../../electron/runtime/project.ts';
import { launch } from './launch.ts';
import { prepare } from './prepare.ts';

const WIDTH = 1440;
const HEIGHT = 900;

/**
 * `npm run shoot -- [--theme light|dark] [ROUTE…]`: opens the app on the sample workspace and saves a picture of each route
 * (what follows the `#` of the address; none is the first view) to `.cache/screenshots`.
 */
const { themes, routes } = readArguments(process.argv.slice(2));
const folder = join(CACHE, 'screenshots');
await mkdir(folder, { recursive: true });
const { plan, tidy } = await prepare();
const { app, page, close } = await launch(plan);
try {
  await app.evaluate(({ BrowserWindow }, [width, height]) => BrowserWindow.getAllWindows()[0]?.setContentSize(width, height), [
    WIDTH,
    HEIGHT,
  ] as const);
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme });
    for (const route of routes) {
      await page.evaluate((hash) => {
        window.location.hash = hash;
      }, route);
      await page.waitForFunction(
        () => document.querySelector('[aria-busy="true"]') === null && document.fonts.status === 'loaded',
      );
      const file = join(folder, `${route.replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'start'}-${theme}.png`);
      await page.screenshot({ path: file, animations: 'disabled' });
      process.stdout.write(`${file}\n`);
    }
  }
} finally {
  await close();
  await tidy();
}

function readArguments(args: readonly string[]): {
  readonly themes: readonly ('light' | 'dark')[];
  readonly routes: readonly string[];
} {
  const themes = new Set<'light' | 'dark'>();
  const routes: string[] = [];
  for (const [index, text] of args.entries()) {
    if (args[index - 1] === '--theme') themes.add(text === 'dark' ? 'dark' : 'light');
    else if (text !== '--theme') routes.push(text);
  }
  return { themes: themes.size === 0 ? ['light'] : [...themes], routes: routes.length === 0 ? [''] : routes };
}
