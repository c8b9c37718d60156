import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder that holds `sample-data/`: the checkout, the installed package, or the resources of the packed app
 * (beside its archive, where the database can read files).
 */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'sample-data', 'extracts'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('The sample data is not installed beside Weir.');
    folder = parent;
  }
  return folder;
}
