import type { StreamModel } from '../contract/stage-model.ts';
import type { HeldStage } from './compile-visits.ts';
import type { FlowFacts } from './count-flow.ts';

/** The sentences that limit how a flow may be read; empty where nothing does. */
export function flowNotes(stream: StreamModel, held: readonly HeldStage[], facts: FlowFacts): string[] {
  if (held.length === 0) return ['no data: import stage_event'];
  const ids = new Set(stream.stages.map((stage) => stage.id));
  const absent = stream.stages.filter((stage) => !held.some((each) => each.stage_id === stage.id)).map((stage) => stage.id);
  const unknown = held.filter((each) => !ids.has(each.stage_id));
  return [
    ...counted(facts.skipped, 'case skipped at least one stage', 'cases skipped at least one stage'),
    ...counted(facts.outOfOrder, 'case entered a stage before an earlier one', 'cases entered a stage before an earlier one'),
    ...counted(
      facts.begunBefore,
      'case is first seen after the first stage: it began before the extract, or skipped it',
      'cases are first seen after the first stage: they began before the extract, or skipped it',
    ),
    ...counted(
      facts.negative,
      'visit ends before it begins and is left out of times',
      'visits end before they begin and are left out of times',
    ),
    ...counted(facts.noOutcome, 'exit does not say how it ended', 'exits do not say how they ended'),
    ...(absent.length > 0 ? [`no data for ${absent.join(', ')}`] : []),
    ...unknown.map((each) => `the data holds ${each.stage_id} (${each.visits} visits), which is no stage of ${stream.id}`),
  ];
}

function counted(count: number, one: string, many: string): string[] {
  if (count === 0) return [];
  return [`${count} ${count === 1 ? one : many}`];
}
