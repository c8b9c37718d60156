import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatDoctor } from '../../analytics/cli/doctor-text.ts';
import { importInto } from '../../analytics/workspace/change.ts';
import { createWorkspace } from '../../analytics/workspace/create.ts';
import { examine } from '../../analytics/workspace/doctor.ts';
import { openWorkspace } from '../../analytics/workspace/open.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-strayed-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The first lead of each channel; what leads share is said rightly or too little. */
const firstLeads = (name: string, together: string) => `/* ---
stage: NCV-01.1
name: ${name}
meaning: How many channels brought a first lead?
formula: first leads
unit: count
direction: up
kind: count
basis: event
dateRule: day of the lead
grain: lead
entity: lead
tables: [lead]
together: { channel: { lead: ${together} } }
source: a test
version: 1
--- */
SELECT source_key AS entity_id, local_day(created_at, region) AS day, segment, region, product, channel, crew, 1 AS num, NULL AS den, NULL AS matures_on
FROM (SELECT *, row_number() OVER (PARTITION BY channel ORDER BY created_at) AS place FROM lead) l WHERE place = 1
`;

test('a metric whose file says too little of what rows share is told from one that says it rightly', async () => {
  const dir = join(folder, 'workspace');
  await createWorkspace(dir, { sample: false });
  await writeFile(join(dir, 'metrics', 'right.sql'), firstLeads('First leads', 'channel'));
  await writeFile(join(dir, 'metrics', 'little.sql'), firstLeads('Supposed first leads', 'source_key'));
  const workspace = await openWorkspace(dir);
  for (const [name, row] of Object.entries({ late: 'L1,2026-03-02T10:00:00Z', early: 'L2,2026-03-01T10:00:00Z' })) {
    await writeFile(join(folder, `${name}.csv`), `lead_id,created_at,channel\n${row},web\n`);
    await importInto(workspace, { files: [join(folder, `${name}.csv`)], table: 'lead', dryRun: false }, {});
  }
  workspace.close();
  const report = await examine(dir);
  expect(report.workspace?.strayed).toEqual(['ncv-01.1/supposed-first-leads']);
  expect(formatDoctor(report)).toContain('ncv-01.1/supposed-first-leads: rows that decide an observation share more');
});
