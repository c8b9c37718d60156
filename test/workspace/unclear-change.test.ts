import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importInto } from '../../analytics/workspace/change.ts';
import { createWorkspace } from '../../analytics/workspace/create.ts';
import { rehearseImport } from '../../analytics/workspace/effect/rehearse.ts';
import { openWorkspace } from '../../analytics/workspace/open.ts';

/** A time that can be worked out only of the rows for which it is asked. */
const DUE = `/* ---
stage: NCV-01.1
name: Leads due
meaning: Which leads have come due?
formula: leads due / leads
unit: fraction
direction: up
kind: proportion
basis: cohort
dateRule: day the lead came in
grain: lead
entity: lead
tables: [lead]
source: test
version: 1
--- */
SELECT source_key AS entity_id, local_day(created_at, region) AS day, segment, region, product, channel, crew,
  CASE WHEN channel = 'dated' THEN CASE WHEN CAST(email_hash AS TIMESTAMP) < $as_of THEN 1 ELSE 0 END ELSE 0 END AS num,
  1 AS den, NULL AS matures_on
FROM lead
`;

test('where it cannot be told what the as-of day turns, everything is computed anew and nothing is lost', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'weir-unclear-'));
  const dir = join(folder, 'workspace');
  await createWorkspace(dir, { sample: false });
  await writeFile(join(dir, 'metrics', 'leads-due.sql'), DUE);
  const workspace = await openWorkspace(dir);
  try {
    const leads = join(folder, 'leads.csv');
    const places = 'L1,NCV-01,2026-01-01T10:00:00Z,dated,2026-01-05\nL2,NCV-01,2026-01-01T10:00:00Z,web,a1b2';
    await writeFile(leads, `lead_id,stream_id,created_at,channel,email_hash\n${places}\n`);
    await importInto(workspace, { files: [leads], dryRun: false }, {});
    const due = async () => {
      const text = "SELECT entity_id, num FROM observation WHERE metric = 'ncv-01.1/leads-due' ORDER BY entity_id";
      return (await workspace.writer.rows<{ num: number }>({ text })).map((row) => row.num);
    };
    expect(await due()).toEqual([0, 0]);
    const tickets = join(folder, 'tickets.csv');
    await writeFile(tickets, 'ticket_id,stream_id,opened_at\nT1,NCV-01,2026-01-09T10:00:00Z\n');
    const { changes } = await rehearseImport(workspace, { files: [tickets], dryRun: true }, {});
    expect(changes).toMatchObject([{ metric: 'ncv-01.1/leads-due', from: 0, to: 0.5 }]);
    await importInto(workspace, { files: [tickets], dryRun: false }, {});
    expect(workspace.state).toMatchObject({ asOf: '2026-01-09', unavailable: [] });
    expect(await due()).toEqual([1, 0]);
  } finally {
    workspace.close();
    await rm(folder, { recursive: true, force: true });
  }
});
