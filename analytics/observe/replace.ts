import type { UnavailableMetric } from '../contract/metric-definition.ts';
import type { Sql } from '../contract/sql.ts';
import { literal } from '../tables/identifier.ts';
import type { Affected, Replaced } from './affected.ts';
import { monthOfDay, type Reach, reachedDays, TOUCHED_MONTH, touchedReach } from './facts.ts';
import { CLOCK } from './shape/index.ts';

/** The working table of observations just computed. */
export const STAGING = 'observation_staging';

/** The table of all observations, where all are computed: it becomes that of the workspace, so that none is written twice. */
export const WHOLE = 'observation_whole';

/** What was computed into {@link STAGING}, and of which metrics the statement failed. */
export interface Computed {
  readonly affected: readonly Affected[];
  /** What was computed straight into its place, which was empty. */
  readonly added: readonly Affected[];
  readonly unavailable: readonly UnavailableMetric[];
}

/** Those that are computed whole, or for days of the calendar, and have no observations there: there is nothing to put them in place of. */
export async function intoEmptyPlaces(sql: Sql, affected: readonly Affected[]): Promise<readonly Affected[]> {
  const asked = affected.filter(({ part }) => part === null || part.rows.has(CLOCK));
  const parts = asked.map(({ metric, part }) => {
    const place = { metrics: [metric.id], replaces: part?.replaces ?? null };
    return `SELECT ${literal(metric.id)} AS metric WHERE EXISTS (SELECT 1 FROM ${heldIn(place)})`;
  });
  if (parts.length === 0) return [];
  const held = await sql.rows<{ metric: string }>({ text: parts.join('\nUNION ALL ') });
  return asked.filter(({ metric }) => !held.some((each) => each.metric === metric.id));
}

const MONTH = monthOfDay('day');

/** Whether there are observations of other metrics than these. */
export async function hasOthers(sql: Sql, metrics: readonly string[]): Promise<boolean> {
  const [row] = await sql.rows<{ some: boolean }>({
    text: 'SELECT EXISTS (SELECT 1 FROM main.observation WHERE NOT list_contains($metrics, metric)) AS some',
    params: { metrics },
  });
  return row?.some ?? true;
}

/** Puts the observations in {@link WHOLE} in place of all that there were; every month of either is then to be summed up anew. */
export async function replaceAll(sql: Sql): Promise<void> {
  await sql.run({ text: allMonths('observation', WHOLE) });
  await sql.run({ text: `DROP TABLE main.observation; ALTER TABLE main.${WHOLE} RENAME TO observation` });
}

/** Puts all observations of the computed metrics in place of their earlier ones; every month of theirs is then to be summed up anew. */
export async function replaceMetrics(sql: Sql, metrics: readonly string[]): Promise<void> {
  await sql.run({
    text: allMonths('(SELECT * FROM observation WHERE list_contains($metrics, metric))', STAGING),
    params: { metrics },
  });
  await sql.run({ text: 'DELETE FROM observation WHERE list_contains($metrics, metric)', params: { metrics } });
  await sql.run({ text: `INSERT INTO observation SELECT * FROM ${STAGING}` });
}

function allMonths(held: string, computed: string): string {
  return `CREATE OR REPLACE TEMP TABLE ${TOUCHED_MONTH} AS
SELECT DISTINCT metric, ${MONTH} AS month FROM (SELECT metric, day FROM ${held} UNION ALL SELECT metric, day FROM ${computed}) either`;
}

/** The observations in whose place computed ones stand: where they lie in storage, and a hash of each. */
const HELD = 'held_observation';

/**
 * Writes only the months that differ: those in which the observations computed are others than the ones in whose place they
 * stand, compared by number and a sum of hashes of whole rows. Gives how far these months reach.
 */
export async function replaceMonths(sql: Sql, computed: Computed): Promise<Reach> {
  const held = placesOf(computed).map((place) => `SELECT o.rowid AS place, ${HASHED} FROM ${heldIn(place)}`);
  await sql.run({
    text: `CREATE OR REPLACE TEMP TABLE ${HELD} AS ${held.join(' UNION ALL ') || `SELECT o.rowid AS place, ${HASHED} FROM observation o LIMIT 0`}`,
  });
  await sql.run({
    text: `CREATE OR REPLACE TEMP TABLE ${TOUCHED_MONTH} AS
${differingMonths(`FROM ${HELD}`, hashed(`${STAGING} o`))}${computed.added.map(addedMonths).join('')}`,
  });
  const reach = await touchedReach(sql);
  if (reach.spans.length > 0) {
    await sql.run({
      text: `DELETE FROM observation WHERE ${reachedDays(reach)} AND rowid IN (SELECT place FROM ${HELD} SEMI JOIN ${TOUCHED_MONTH} USING (metric, month))`,
    });
    await sql.run({
      text: `INSERT INTO observation SELECT s.* FROM ${STAGING} s JOIN ${TOUCHED_MONTH} t ON t.metric = s.metric AND t.month = ${monthOfDay('s.day')}`,
    });
  }
  await sql.run({ text: `DROP TABLE ${HELD}` });
  return reach;
}

/** Metrics whose observations to be replaced are found alike; null: all of them. */
interface Place {
  readonly metrics: readonly string[];
  readonly replaces: Replaced | null;
}

function placesOf({ affected, unavailable }: Computed): readonly Place[] {
  const failed = new Set(unavailable.map((each) => each.id));
  const places = new Map<string, { readonly metrics: string[]; readonly replaces: Replaced | null }>();
  for (const { metric, part } of affected) {
    const replaces = failed.has(metric.id) ? null : (part?.replaces ?? null);
    const name = JSON.stringify(replaces);
    const place = places.get(name) ?? { metrics: [], replaces };
    place.metrics.push(metric.id);
    places.set(name, place);
  }
  return [...places.values()];
}

/** The months of what stands where nothing did, to be united with others. */
function addedMonths({ metric, part }: Affected): string {
  const where = part ? part.replaces.relation : `observation o WHERE ${isOf([metric.id])}`;
  return `\nUNION SELECT ${literal(metric.id)}, ${MONTH} FROM ${where}`;
}

/** The observations of a place, as what stands after FROM. */
function heldIn({ metrics, replaces }: Place): string {
  return `observation o${replaces ? ` SEMI JOIN ${replaces.relation} p ON ${replaces.on}` : ''} WHERE ${isOf(metrics)}`;
}

/** The metrics stand in the text, so that storage skips the observations of others. */
function isOf(metrics: readonly string[]): string {
  return `o.metric IN (${metrics.map(literal).join(', ')})`;
}

const HASHED = `o.metric, ${monthOfDay('o.day')} AS month, hash(o) AS content`;

/** Observations `o`, of what stands after FROM, as hashes to be compared. */
export function hashed(observations: string): string {
  return `SELECT ${HASHED} FROM ${observations}`;
}

/** The metrics and months of which two queries of {@link hashed} observations hold others: by number and by a sum of hashes of whole rows. */
export function differingMonths(held: string, found: string): string {
  const summary = (each: string) =>
    `SELECT metric, month, count(*) AS rows, sum(content) AS content FROM (${each}) each GROUP BY ALL`;
  return `SELECT metric, month FROM (${summary(held)}) held FULL JOIN (${summary(found)}) found USING (metric, month)
WHERE held.rows IS DISTINCT FROM found.rows OR held.content IS DISTINCT FROM found.content`;
}
