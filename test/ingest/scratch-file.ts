import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ImportReport, importRequestSchema } from '../../analytics/contract/import-report.ts';
import { type ImportContext, importFiles } from '../../analytics/ingest/index.ts';
import { type MemoryWorkspace, memoryWorkspace } from '../support/memory-workspace.ts';

/** A workspace in memory and a folder for the files of one test. */
export interface ImportBench extends MemoryWorkspace {
  /** Writes a file and gives its path. */
  file(name: string, content: string | Buffer): string;
  importFile(
    name: string,
    content: string | Buffer,
    more?: Partial<ImportContext> & { readonly dryRun?: boolean },
  ): Promise<ImportReport>;
  /** Every row of a table in an order of its own, as one text. */
  content(table: string): Promise<string>;
}

/** Opens an {@link ImportBench}; closing it removes the files. */
export async function importBench(settings: object = {}): Promise<ImportBench> {
  const workspace = await memoryWorkspace(settings);
  const folder = mkdtempSync(path.join(tmpdir(), 'weir-test-'));
  const file = (name: string, content: string | Buffer) => {
    writeFileSync(path.join(folder, name), content);
    return path.join(folder, name);
  };
  return {
    ...workspace,
    file,
    importFile(name, content, { dryRun = false, ...context } = {}) {
      const request = importRequestSchema.parse({ files: [file(name, content)], dryRun });
      return importFiles(workspace.sql, request, { settings: workspace.settings, ...context });
    },
    async content(table) {
      const rows = await workspace.sql.rows({
        text: `SELECT CAST(to_json(t) AS VARCHAR) AS text FROM "${table}" t ORDER BY text`,
      });
      return JSON.stringify(rows);
    },
    close() {
      workspace.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
