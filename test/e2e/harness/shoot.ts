import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CACHE } from '../../../electron/runtime/project.ts';
import { launch } from './launch.ts';
import { prepare } from './prepare.ts';

/**
 * `npm run shoot -- [--theme light|dark]… [--size 1440x900]… [--whole] [ROUTE…]`: opens the app on the sample workspace and saves
 * a picture of each route (what follows the `#` of the address; none is the first view) to `.cache/screenshots`.
 * With `--whole` a picture shows the page to its end, not only what fits the window.
 */
const { themes, sizes, routes, whole } = readArguments(process.argv.slice(2));
const folder = join(CACHE, 'screenshots');
await mkdir(folder, { recursive: true });
const { plan, tidy } = await prepare();
const { app, page, close } = await launch(plan);
try {
  for (const size of sizes) {
    const [width = 0, height = 0] = size.split('x').map(Number);
    await app.evaluate(({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h), [
      width,
      height,
    ] as const);
    await page.waitForFunction((wanted) => window.innerWidth === wanted, width);
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme });
      for (const route of routes) await shoot(route, `${theme}-${size}`);
    }
  }
} finally {
  await close();
  await tidy();
}

async function shoot(route: string, suffix: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, route);
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null && document.fonts.status === 'loaded');
  const file = join(folder, `${route.replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'start'}-${suffix}.png`);
  await page.screenshot({ path: file, animations: 'disabled', fullPage: whole });
  process.stdout.write(`${file}\n`);
}

function readArguments(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      theme: { type: 'string', multiple: true, default: ['light'] },
      size: { type: 'string', multiple: true, default: ['1440x900'] },
      whole: { type: 'boolean', default: false },
    },
  });
  return {
    themes: values.theme.map((theme) => (theme === 'dark' ? 'dark' : 'light')),
    sizes: values.size,
    whole: values.whole,
    routes: positionals.length === 0 ? [''] : positionals,
  };
}
