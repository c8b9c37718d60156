import type { FlowAnswer, FlowQuery, StageFlow } from '../contract/flow.ts';
import { addMonths, checkMonths, shiftDay } from '../contract/period.ts';
import type { Settings } from '../contract/settings.ts';
import type { Once, Sql } from '../contract/sql.ts';
import type { StreamModel } from '../contract/stage-model.ts';
import { asOfInstant } from '../observe/index.ts';
import { compileFlow, compileHeld, type FlowRow, type FlowScope, type HeldStage } from './compile-flow.ts';
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
  const scope: FlowScope = {
    stream: stream.id,
    stages: stream.stages.map((stage) => stage.id),
    first: `${from}-01`,
    last: lastDayOf(to),
    asOf: asOfInstant(asOf, settings),
    where: query.where,
    regional: Object.keys(settings.regionTimeZones).length > 0,
  };
  const heldStages = (on: Sql) => on.rows<HeldStage>(compileHeld(scope));
  const [rows, held] = await Promise.all([
    sql.rows<FlowRow>(compileFlow(scope)),
    context.once ? context.once(`stages of ${stream.id} to ${asOf}`, heldStages) : heldStages(sql),
  ]);
  return {
    asOf,
    stream: stream.id,
    from,
    to,
    stages: stream.stages.map(({ id, name }, index) =>
      stageFlow(
        { id, name },
        rows.find((each) => each.place === index + 1),
      ),
    ),
    notes: flowNotes(stream, held, rows[0]),
  };
}

function stageFlow({ id, name }: { id: string; name: string }, figures: FlowRow | undefined): StageFlow {
  return {
    stage: id,
    name,
    entered: figures?.entered ?? 0,
    newCases: figures?.new_cases ?? 0,
    passed: figures?.passed ?? 0,
    dropped: figures?.dropped ?? 0,
    returned: figures?.returned ?? 0,
    open: figures?.open ?? 0,
    conversion: shareOf(figures?.converted, figures?.left_cases),
    medianDays: figures?.median_days ?? null,
    p85Days: figures?.p85_days ?? null,
    wip: figures?.wip ?? 0,
    medianAgeDays: figures?.median_age ?? null,
    pastPromise: figures?.past_promise ?? 0,
    reworkShare: shareOf(figures?.reworked, figures?.seen),
  };
}

function shareOf(part: number | null | undefined, whole: number | null | undefined): number | null {
  return whole ? (part ?? 0) / whole : null;
}

function lastDayOf(month: string): string {
  return shiftDay(`${addMonths(month, 1)}-01`, -1);
}
