import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createWorkspace } from '../../analytics/workspace/create.ts';
import { rehearseImport } from '../../analytics/workspace/effect/rehearse.ts';
import { openWorkspace } from '../../analytics/workspace/open.ts';
import { reporting } from '../../analytics/workspace/running/reporting.ts';
import { storedTables } from './stored-tables.ts';

const LEADS = ['lead_id,stream_id,created_at', 'L1,NCV-02,2026-01-05T10:00:00Z', 'L2,NCV-02,2026-02-06T10:00:00Z'].join('\n');

test('a dry run that is stopped while it measures leaves the workspace as it was, ready for the next', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'weir-effect-cancel-'));
  await createWorkspace(join(folder, 'workspace'), { sample: false });
  const workspace = await openWorkspace(join(folder, 'workspace'));
  try {
    const file = join(folder, 'leads.csv');
    await writeFile(file, LEADS);
    const request = { files: [file], dryRun: true };
    const tables = await storedTables(workspace);
    const controller = new AbortController();
    const steps: string[] = [];
    const stopped = reporting(
      workspace.writer,
      {
        signal: controller.signal,
        files: request.files,
        progress: ({ step }) => {
          steps.push(step);
          if (step === 'measuring') controller.abort();
        },
      },
      (options) => rehearseImport(workspace, request, options),
    );
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    expect(steps.at(-1)).toBe('measuring');
    expect(await storedTables(workspace)).toEqual(tables);
    const report = await rehearseImport(workspace, request, {});
    expect(report.asOf).toEqual({ from: null, to: '2026-02-06' });
  } finally {
    workspace.close();
    await rm(folder, { recursive: true, force: true });
  }
});

test('what waits for its turn and is stopped does not stop the work before it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'weir-effect-cancel-'));
  await createWorkspace(join(folder, 'workspace'), { sample: false });
  const workspace = await openWorkspace(join(folder, 'workspace'));
  try {
    const file = join(folder, 'leads.csv');
    await writeFile(file, LEADS);
    const request = { files: [file], dryRun: true };
    const controller = new AbortController();
    const first = reporting(workspace.writer, { signal: undefined, files: [], progress: () => controller.abort() }, (options) =>
      rehearseImport(workspace, request, options),
    );
    const second = reporting(workspace.writer, { signal: controller.signal, files: [], progress: () => undefined }, (options) =>
      rehearseImport(workspace, request, options),
    );
    await expect(second).rejects.toMatchObject({ code: 'cancelled' });
    await expect(first).resolves.toMatchObject({ batch: null, asOf: { to: '2026-02-06' } });
  } finally {
    workspace.close();
    await rm(folder, { recursive: true, force: true });
  }
});
