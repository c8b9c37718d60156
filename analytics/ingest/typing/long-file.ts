import type { ImportFinding } from '../../contract/import-report.ts';
import type { Sql } from '../../contract/sql.ts';
import { identifier, literal } from '../../tables/identifier.ts';
import { columnType } from '../../tables/stored-type.ts';
import type { LongFile } from '../reading/stage.ts';
import { momentNotes } from '../understanding/reading-notes.ts';
import { type CellSource, type ColumnPlan, isMoment } from './cell.ts';
import { planChoice } from './choices.ts';
import { naiveZone, zoneFinding } from './moments.ts';
import { type ExactReading, plainPlan, plainPlans, plainReading } from './plain-columns.ts';
import { mayHaveRules } from './row-rules.ts';
import { isTurned } from './turned-days.ts';
import {
  columnSources,
  extraOf,
  headerFindings,
  keepTyped,
  oddRows,
  storedValues,
  TYPED,
  type TypedFile,
  type TypingRequest,
} from './typed-rows.ts';

/** A column as the sample has it, and what is true of a cell that is unlike those of the sample, as SQL. */
interface Supposed {
  readonly plan: ColumnPlan;
  readonly odd: string;
  /** The same for a statement that may fail. */
  readonly exact: ExactReading;
  /** True where no cell is empty: nothing need be put in its place. */
  readonly whole: boolean;
  /** The zone that times without one are read in; null where they carry theirs. */
  readonly zone: string | null;
}

/** How every row of a long file is read, on the supposition that all are written as plainly as those of its sample. */
export interface SupposedFile {
  readonly request: TypingRequest;
  readonly plans: readonly ColumnPlan[];
  readonly updatePlan: ColumnPlan | null;
  /** What is true of a row that is written otherwise, over the row of text. */
  readonly odd: string;
  readonly atOnce: AtOnce;
  /** What there is to say of a file of so many rows, once all are found to be written so. */
  findings(rows: number): readonly ImportFinding[];
}

/** A row's values in two steps, as SQL: `cells` of the row of text, `values`, `updated` and `extra` of the row with those beside. Cells that are no value at all fail. */
export interface AtOnce {
  readonly cells: readonly SupposedCell[];
  readonly values: readonly NamedValue[];
  /** Null where the file has none. */
  readonly updated: string | null;
  readonly extra: string | null;
  /** True of a row that repeats the header. */
  readonly header: string;
  /** Each is true of a stored row with a value that cannot be. */
  readonly beyond: readonly string[];
}

interface NamedValue {
  readonly name: string;
  readonly value: string;
}

/** The value of one column; `odd` is true of a row in which it is written otherwise, over the row of text. */
export interface SupposedCell extends NamedValue {
  readonly odd: string;
  readonly position: number;
}

/** What the sample of a long file lets one suppose of all its rows; null where a column needs to be read with care. */
export async function supposeLongFile(
  sql: Sql,
  request: Omit<TypingRequest, 'relation'>,
  file: LongFile,
): Promise<SupposedFile | null> {
  const sampled: TypingRequest = { ...request, relation: file.sample };
  if (mayHaveRules(sampled)) return null;
  const supposed = await suppose(sql, sampled);
  if (supposed === null) return null;
  const columns = columnSources(sql, sampled);
  if (!columns.all.some((source) => source.column.required)) return null;
  const all = supposed.map((each) => each.plan);
  const updatePlan = columns.hasUpdateTime ? (all.at(-1) ?? null) : null;
  const plans = updatePlan ? all.slice(0, -1) : all;
  const header = `coalesce(c0 = ${literal(request.headers[0] ?? '')}, false)`;
  return {
    request: sampled,
    plans,
    updatePlan,
    odd: [header, ...supposed.map((each) => each.odd)].join(' OR '),
    atOnce: {
      cells: supposed.map(({ plan: { name, position }, exact: { value, odd } }) => ({ name, position, value, odd })),
      values: storedValues(request.match.table, plans).map(({ name, value }) => ({
        name,
        value: supposed.some((each) => each.whole && each.plan.name === name) ? identifier(name) : value,
      })),
      updated: updatePlan ? identifier(updatePlan.name) : null,
      extra: extraOf(sampled, plans),
      header,
      beyond: supposed.flatMap(({ exact }) => (exact.beyond === null ? [] : [exact.beyond])),
    },
    findings: (rows) => [
      ...headerFindings(sampled),
      ...supposed.flatMap(({ plan, zone }) => (zone === null ? [] : [zoneFinding(plan.header, rows, zone)])),
    ],
  };
}

/**
 * Types a long file in the one pass that reads it, and puts what was supposed of it to the test in every cell. Null where a row
 * is written otherwise, or is missing: then the file must be staged as text.
 */
export async function typeLongFile(sql: Sql, supposed: SupposedFile, file: LongFile): Promise<TypedFile | null> {
  const { request, plans, updatePlan, odd, findings } = supposed;
  const typed = await keepTyped(
    sql,
    request,
    { plans, updatePlan, troubles: [{ header: null, when: `(${odd})`, reason: literal('') }], rules: [], findings: [] },
    { from: file.reading, line: String(file.firstLine), params: { file: file.path } },
  );
  if (typed === null) return null;
  const [row] = await sql.rows<{ rows: number; odd: number }>({
    text: `SELECT count(*) AS rows, count(trouble) AS odd FROM ${TYPED}`,
  });
  return row && row.rows === file.rows && row.odd === 0 ? { ...typed, troubles: [], findings: findings(row.rows) } : null;
}

/** What the sample lets one suppose of every column; null where one of them needs to be read with care. */
async function suppose(sql: Sql, sampled: TypingRequest): Promise<Supposed[] | null> {
  const rejected = oddRows(sampled).map((trouble) => trouble.when);
  const [unfit] = await sql.rows<{ some: boolean }>({
    text: `SELECT EXISTS (SELECT 1 FROM ${sampled.relation} r WHERE ${rejected.join(' OR ')}) AS some`,
  });
  if (unfit?.some !== false) return null;
  const { all } = columnSources(sql, sampled);
  if ((await Promise.all(all.map(isTurned))).includes(true)) return null;
  const plain = await plainPlans(sql, sampled.relation, all);
  const supposed: Supposed[] = [];
  for (const source of all) {
    const reading = plainReading(source);
    const plan = plain.get(source.position);
    const each = await (reading === null
      ? supposeChoice(sql, source)
      : plan
        ? supposePlain(sql, source, { plan, ...reading })
        : supposeTimes(sql, source));
    if (!each) return null;
    supposed.push(each);
  }
  return supposed;
}

/** A column that is written plainly. The few texts of which it may have many passed the test in the sample. */
async function supposePlain(
  sql: Sql,
  source: CellSource,
  { plan, odd, exact }: Pick<Supposed, 'plan' | 'odd' | 'exact'>,
): Promise<Supposed> {
  const text = `c${source.position}`;
  const known = isMoment(source.column)
    ? []
    : await sql.rows<{ text: string }>({
        text: `SELECT DISTINCT ${text} AS text FROM ${source.relation} r WHERE ${text} IS NOT NULL LIMIT ${FEW_TEXTS + 1}`,
      });
  if (known.length === 0 || known.length > FEW_TEXTS) return { plan, odd, exact, whole: false, zone: null };
  const listed = known.map((each) => literal(each.text)).join(', ');
  const unlessKnown = `CASE WHEN list_contains([${listed}], ${text}) THEN false ELSE ${exact.odd} END`;
  return { plan, odd, exact: { ...exact, odd: unlessKnown }, whole: false, zone: null };
}

/** A column of times that are all written in one other form; without a zone only where that is UTC, and none is empty, so that what is said of them holds for every row. */
async function supposeTimes(sql: Sql, source: CellSource): Promise<Supposed | null> {
  if (source.column.type !== 'timestamp') return null;
  const text = `c${source.position}`;
  for (const form of ['offset', 'naive', 'naive-ms'] as const) {
    const zone = form === 'offset' ? null : naiveZone(source);
    const reading = plainReading(source, form);
    if (!reading || (zone !== null && zone !== 'UTC')) continue;
    const unlessFilled = (odd: string) => (zone === null ? odd : `(${text} IS NULL OR ${odd})`);
    const odd = unlessFilled(reading.odd);
    const [row] = await sql.rows<{ odd: boolean | null }>({ text: `SELECT bool_or(${odd}) AS odd FROM ${source.relation} r` });
    if (row?.odd !== false) continue;
    const [zoned, local] = zone === null ? [1, 0] : [0, 1];
    const notes = momentNotes({ forms: [], iso: 1, zoned, local, zone: zone ?? '' });
    const exact = { ...reading.exact, odd: unlessFilled(reading.exact.odd) };
    return { plan: { ...plainPlan(source, reading.value), notes }, odd, exact, whole: zone !== null, zone };
  }
  return null;
}

/** A column of a closed list in which only the spellings of the sample occur, each with the member it means. */
async function supposeChoice(sql: Sql, source: CellSource): Promise<Supposed | null> {
  const careful = await planChoice(source);
  if (careful.findings.length > 0 || careful.unreadable !== null || careful.lacks) return null;
  const text = `c${source.position}`;
  const all = await sql.rows<{ text: string | null; value: string | null }>({
    text: `SELECT DISTINCT ${text} AS text, CAST(${careful.value} AS VARCHAR) AS value FROM ${source.relation} r LIMIT ${MOST_SPELLINGS}`,
  });
  const spellings = all.filter((each) => each.text !== null);
  if (all.length === MOST_SPELLINGS || spellings.some((each) => each.value === null)) return null;
  const type = columnType(source.table, source.column);
  const cases = spellings.map((each) => `WHEN ${literal(each.text ?? '')} THEN CAST(${literal(each.value ?? '')} AS ${type})`);
  const known = spellings.map((each) => literal(each.text ?? ''));
  const whole = source.column.required || spellings.length === all.length;
  const foreign = known.length === 0 ? `${text} IS NOT NULL` : `NOT list_contains([${known.join(', ')}], ${text})`;
  const odd = whole ? `(${text} IS NULL OR ${foreign})` : `(${text} IS NOT NULL AND ${foreign})`;
  const value = cases.length === 0 ? `CAST(NULL AS ${type})` : `CASE ${text} ${cases.join(' ')} END`;
  return { plan: plainPlan(source, value), odd, exact: { value, odd, beyond: null }, whole, zone: null };
}

const FEW_TEXTS = 16;
const MOST_SPELLINGS = 200;
