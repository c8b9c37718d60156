import { DIMENSIONS, type Dimension } from '../contract/dimensions.ts';
import type { FlowAnswer, FlowQuery, StageFlow } from '../contract/flow.ts';
import { addMonths, checkMonths, shiftDay } from '../contract/period.ts';
import type { Settings } from '../contract/settings.ts';
import type { Columns, Once, Sql } from '../contract/sql.ts';
import type { StreamModel } from '../contract/stage-model.ts';
import { asOfInstant } from '../observe/index.ts';
import { compileHeld, compileStated, compileVisits, type FlowScope, type HeldStage } from './compile-visits.ts';
import { countFlow, type StageFigures, type Visits } from './count-flow.ts';
import { flowNotes } from './flow-notes.ts';

/** What a flow is answered from. */
export interface FlowContext {
  readonly stream: StreamModel;
  readonly settings: Settings;
  /** The day whose knowledge is used (inclusive). */
  readonly asOf: string;
  readonly once?: Once;
}

/** How many months are covered where a query does not say. */
const MONTHS_COVERED = 12;

/**
 * How cases flowed through the stream's stages in the asked months, one entry a stage in the stream's order, with notes on
 * what limits the reading. Work in progress is that at the end of the period, or of the as-of day where that comes first.
 * Definitions: contract/flow.ts. `query.stream` and `query.asOf` are those of the context.
 */
export async function queryFlow(sql: Sql, context: FlowContext, query: FlowQuery): Promise<FlowAnswer> {
  const { stream, settings, asOf } = context;
  const to = query.to ?? asOf.slice(0, 7);
  const from = query.from ?? addMonths(to, 1 - MONTHS_COVERED);
  checkMonths(from, to);
  const once: Once = context.once ?? ((_, find) => find(sql));
  const scope: FlowScope = {
    stream: stream.id,
    stages: stream.stages.map((stage) => stage.id),
    first: `${from}-01`,
    last: lastDayOf(to),
    asOf: asOfInstant(asOf, settings),
    where: query.where,
    regional: Object.keys(settings.regionTimeZones).length > 0,
    stated: await once('dimensions that cases state', readStated),
  };
  const [visits, held] = await Promise.all([
    sql.columns(compileVisits(scope)),
    once(`stages of ${stream.id} to ${asOf}`, (on) => on.rows<HeldStage>(compileHeld(scope))),
  ]);
  const { stages, facts } = countFlow(visitColumns(visits), stream.stages.length);
  return {
    asOf,
    stream: stream.id,
    from,
    to,
    stages: stream.stages.map(({ id, name }, place) => stageFlow({ id, name }, stages[place] ?? null)),
    notes: flowNotes(stream, held, facts),
  };
}

async function readStated(sql: Sql): Promise<readonly Dimension[]> {
  const [stated] = await sql.rows<Record<Dimension, number>>(compileStated());
  return DIMENSIONS.filter((dimension) => stated?.[dimension] === 1);
}

function visitColumns(columns: Columns): Visits {
  return {
    case_no: columns.numbers('case_no'),
    place: columns.numbers('place'),
    visit_no: columns.numbers('visit_no'),
    entered: columns.numbers('entered'),
    exited: columns.numbers('exited'),
    outcome: columns.numbers('outcome'),
    entered_when: columns.numbers('entered_when'),
    exited_when: columns.numbers('exited_when'),
    age: columns.numbers('age'),
  };
}

function stageFlow({ id, name }: { id: string; name: string }, figures: StageFigures | null): StageFlow {
  return {
    stage: id,
    name,
    entered: figures?.entered ?? 0,
    newCases: figures?.newCases ?? 0,
    passed: figures?.passed ?? 0,
    dropped: figures?.dropped ?? 0,
    returned: figures?.returned ?? 0,
    open: figures?.open ?? 0,
    conversion: shareOf(figures?.converted, figures?.leftCases),
    medianDays: figures?.medianDays ?? null,
    p85Days: figures?.p85Days ?? null,
    wip: figures?.wip ?? 0,
    medianAgeDays: figures?.medianAge ?? null,
    pastPromise: figures?.pastPromise ?? 0,
    reworkShare: shareOf(figures?.reworked, figures?.seen),
  };
}

function shareOf(part: number | undefined, whole: number | undefined): number | null {
  return whole ? (part ?? 0) / whole : null;
}

function lastDayOf(month: string): string {
  return shiftDay(`${addMonths(month, 1)}-01`, -1);
}
