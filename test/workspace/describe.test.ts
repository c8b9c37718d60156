import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DIMENSIONS } from '../../analytics/contract/dimensions.ts';
import { importInto } from '../../analytics/workspace/change.ts';
import { createWorkspace } from '../../analytics/workspace/create.ts';
import { describeWorkspace } from '../../analytics/workspace/describe.ts';
import { openWorkspace } from '../../analytics/workspace/open.ts';

const LEADS = [
  'lead_id,stream_id,created_at,segment,region,channel',
  'L1,NCV-02,2025-11-05T10:00:00Z,residential,West,web',
  'L2,NCV-02,2026-01-06T10:00:00Z,fleet,east,web',
  'L3,NCV-01,2026-03-07T10:00:00Z,fleet,,partner',
];

test('a workspace is described by the members and months of all its observations', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'weir-describe-'));
  await createWorkspace(join(folder, 'workspace'), { sample: false });
  const workspace = await openWorkspace(join(folder, 'workspace'));
  try {
    const empty = await describeWorkspace(workspace);
    expect(empty).toMatchObject({ firstMonth: null, lastMonth: null, members: { segment: [], crew: [] } });
    const file = join(folder, 'leads.csv');
    await writeFile(file, LEADS.join('\n'));
    await importInto(workspace, { files: [file], dryRun: false }, {});
    const { members, firstMonth, lastMonth } = await describeWorkspace(workspace);
    expect(members).toMatchObject({
      segment: ['fleet', 'residential'],
      region: ['West', 'east', 'unknown'],
      channel: ['partner', 'web'],
    });
    expect([firstMonth, lastMonth]).toEqual(['2025-11', '2026-03']);
    for (const dimension of DIMENSIONS) {
      const rows = await workspace.reader.rows<{ member: string }>({
        text: `SELECT DISTINCT ${dimension} AS member FROM observation ORDER BY member`,
      });
      expect(members[dimension]).toEqual(rows.map((row) => row.member));
    }
  } finally {
    workspace.close();
    await rm(folder, { recursive: true, force: true });
  }
});
