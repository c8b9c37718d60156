import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importInto } from '../../analytics/workspace/change.ts';
import { createWorkspace } from '../../analytics/workspace/create.ts';
import { openWorkspace } from '../../analytics/workspace/open.ts';
import { recompute } from '../../analytics/workspace/recompute.ts';

/** So many port days that the database writes them while the import that brings them is still under way. */
const PORTS = 400;
const DAYS = 330;

const instant = (day: number, port: number) => new Date(Date.UTC(2025, 0, 1 + day) + port * 1000).toISOString().slice(0, 19);
const ports = Array.from({ length: PORTS }, (_, port) => port);
const register = `asset_id,asset_type,parent_id,connector_no,installed_at\n${ports
  .map((port) => `P-${port},port,CB-${port},1,2025-01-01T00:00:00Z\n`)
  .join('')}`;
const log = `charge_box_id,connector_id,message_type,status,error_code,status_timestamp\n${Array.from(
  { length: DAYS },
  (_, day) =>
    ports
      .map(
        (port) =>
          `CB-${port},1,StatusNotification,${(port + day) % 9 === 0 ? 'Faulted' : 'Available'},NoError,${instant(day, port)}Z\n`,
      )
      .join(''),
).join('')}`;

test('what an import of many port days computes in its transaction is all there at once, and is what a rebuild gives', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'weir-many-port-days-'));
  await createWorkspace(join(folder, 'workspace'), { sample: false });
  const workspace = await openWorkspace(join(folder, 'workspace'));
  const bring = async (name: string, content: string, table?: string) => {
    await writeFile(join(folder, name), content);
    await importInto(workspace, { files: [join(folder, name)], ...(table ? { table } : {}), dryRun: false }, {});
  };
  const summed = async (table: string) =>
    workspace.writer.rows<{ n: number; content: string }>({
      text: `SELECT count(*) AS n, CAST(sum(hash(t)) AS VARCHAR) AS content FROM (SELECT * FROM ${table}) t`,
    });
  const kept = async () => ({
    observation: await summed('observation'),
    facts: await summed('observation_fact'),
    rollups: await summed('observation_rollup'),
    port_day: await summed('port_day'),
  });
  /** How many observations of a metric are stored after one of a later day. */
  const outOfOrder = async () => {
    const [row] = await workspace.writer.rows<{ n: number }>({
      text: `SELECT count(*) AS n FROM (SELECT day, lag(day) OVER (PARTITION BY metric ORDER BY rowid) AS before FROM observation) told WHERE day < before`,
    });
    return row?.n;
  };
  try {
    await bring('register.csv', register, 'asset');
    await bring('log.csv', log);
    const imported = await kept();
    expect(imported.observation[0]?.n).toBeGreaterThan(2 * PORTS * (DAYS - 2));
    expect(imported.facts[0]?.n).toBeGreaterThan(20);
    expect(await outOfOrder()).toBeLessThan(10);
    await recompute(workspace.writer, workspace, null);
    expect(await kept()).toEqual(imported);
    expect(await outOfOrder()).toBeLessThan(10);
  } finally {
    workspace.close();
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
