import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createWorkspace } from '../../analytics/workspace/create.ts';
import { openEngine } from '../../analytics/workspace/engine.ts';

test('numbers follow when rows gone from a full export are taken out, and when that is undone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'weir-gone-'));
  const dir = join(folder, 'workspace');
  await createWorkspace(dir, { sample: false });
  const engine = await openEngine(dir, { progress: () => undefined, changed: () => undefined, watched: () => undefined });
  const bring = async (name: string, ids: readonly string[], wish: object) => {
    const file = join(folder, name);
    await writeFile(file, `lead_id,created_at\n${ids.map((id) => `${id},2026-01-01T00:00:00Z\n`).join('')}`);
    return engine.call('import.files', { files: [file], ...wish });
  };
  const volume = async () => {
    const answer = await engine.call('metrics.query', { metrics: ['ncv-01.1/lead-volume'], from: '2026-01', to: '2026-01' });
    return answer.ok ? answer.value.rows[0]?.value : answer.error;
  };
  try {
    await bring('all.csv', ['A', 'B'], {});
    await bring('less.csv', ['A'], { full: true });
    expect(await volume()).toBe(2);
    const removed = await bring('less.csv', ['A'], { removeGone: true });
    expect(removed).toMatchObject({ ok: true, value: { batch: 2 } });
    expect(await volume()).toBe(1);
    await engine.call('import.undo', { batch: 2 });
    expect(await volume()).toBe(2);
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
});
