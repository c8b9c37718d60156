import { afterEach, beforeEach, expect, test } from 'vitest';
import { flowQuerySchema } from '../../analytics/contract/flow.ts';
import { addMonths } from '../../analytics/contract/period.ts';
import { type StreamModel, streamModelSchema } from '../../analytics/contract/stage-model.ts';
import { queryFlow } from '../../analytics/flow/index.ts';
import { type MemoryWorkspace, memoryWorkspace } from '../support/memory-workspace.ts';

const STREAM: StreamModel = streamModelSchema.parse({
  id: 'NCV-01',
  name: 'Test',
  version: '1',
  date: null,
  description: '',
  valueProposition: '',
  triggeringStakeholder: '',
  receivingStakeholder: '',
  entryCriteria: [],
  exitCriteria: [],
  stages: [1, 2, 3].map((seq) => ({
    id: `NCV-01.${seq}`,
    name: `Stage ${seq}`,
    description: '',
    capabilities: [],
    inputs: [],
    outputs: [],
    metrics: [],
  })),
  dependencies: [],
  reviewers: [],
  nextReview: '',
});

let workspace: MemoryWorkspace;

beforeEach(async () => {
  workspace = await memoryWorkspace();
});
afterEach(() => workspace.close());

type Visit = readonly [caseId: string, stage: number, visit: number, entered: string, exited?: string, outcome?: string];

async function put(visits: readonly Visit[]) {
  const cases = new Set(visits.map(([caseId]) => caseId));
  await workspace.insert(
    'journey_case',
    [...cases].map((caseId) => ({
      case_id: caseId,
      stream_id: 'NCV-01',
      opened_at: '2025-01-01',
      segment: caseId.startsWith('f') ? 'fleet' : 'residential',
    })),
  );
  await workspace.insert(
    'stage_event',
    visits.map(([case_id, stage, visit_no, entered_at, exited_at, outcome]) => ({
      case_id,
      stage_id: `NCV-01.${stage}`,
      visit_no,
      entered_at,
      exited_at: exited_at ?? null,
      outcome: outcome ?? (exited_at === undefined ? null : 'passed'),
    })),
  );
}

async function flow(query: object, asOf = '2026-12-31') {
  return queryFlow(
    workspace.sql,
    { stream: STREAM, settings: workspace.settings, asOf },
    flowQuerySchema.parse({ stream: 'NCV-01', ...query }),
  );
}

const MARCH = { from: '2026-03', to: '2026-03' };

test('one month by hand: entered, passed, dropped, returned, open, conversion, times and work in progress', async () => {
  await put([
    ['a', 1, 1, '2026-03-01', '2026-03-05'],
    ['b', 1, 1, '2026-03-02', '2026-03-12', 'dropped'],
    ['c', 1, 1, '2026-03-10', '2026-03-13', 'returned'],
    ['d', 1, 1, '2026-03-15'],
    ['e', 1, 1, '2026-02-20', '2026-03-06'],
    ['g', 1, 1, '2026-04-01', '2026-04-02'],
  ]);
  const [stage] = (await flow(MARCH)).stages;
  expect(stage).toMatchObject({ entered: 4, passed: 2, dropped: 1, returned: 1, open: 1, wip: 1, reworkShare: 0 });
  // Left of those that entered in March: a (passed), b (dropped), c (returned).
  expect(stage?.conversion).toBeCloseTo(1 / 3, 12);
  // Left in March: 4, 10, 3 and 14 days.
  expect(stage?.medianDays).toBe(7);
  expect(stage?.p85Days).toBeCloseTo(10 + 0.55 * 4, 12);
  expect(stage?.medianAgeDays).toBe(17);
  expect(stage?.pastPromise).toBe(1);
});

test('a case that comes back enters again, is one new case, its days add up, and its last exit decides', async () => {
  await put([
    ['a', 2, 1, '2026-03-01', '2026-03-03', 'returned'],
    ['a', 2, 2, '2026-03-10', '2026-03-14', 'passed'],
    ['b', 2, 1, '2026-03-01', '2026-03-02', 'passed'],
  ]);
  const stage = (await flow(MARCH)).stages[1];
  expect(stage).toMatchObject({ entered: 3, newCases: 2, passed: 2, returned: 1, conversion: 1, open: 0, reworkShare: 0.5 });
  expect(stage?.medianDays).toBe((6 + 1) / 2);
});

test('a case that is in the stage again has not left it', async () => {
  await put([
    ['a', 1, 1, '2026-03-01', '2026-03-03', 'returned'],
    ['a', 1, 2, '2026-03-10'],
  ]);
  const [stage] = (await flow(MARCH)).stages;
  expect(stage).toMatchObject({ entered: 2, newCases: 1, open: 1, conversion: null, medianDays: null, wip: 1 });
});

test('what happened after the as-of day is not known: the exit and its outcome are gone', async () => {
  await put([['a', 1, 1, '2026-03-01', '2026-03-20', 'passed']]);
  const [stage] = (await flow(MARCH, '2026-03-19')).stages;
  expect(stage).toMatchObject({ entered: 1, passed: 0, open: 1, wip: 1, conversion: null, medianAgeDays: 19 });
  expect((await flow(MARCH, '2026-03-20')).stages[0]).toMatchObject({ passed: 1, open: 0, wip: 0, conversion: 1 });
});

test('a filter keeps cases by what they state, else by their customer, else as of no known member', async () => {
  await put([['f1', 1, 1, '2026-03-01', '2026-03-05']]);
  expect((await flow({ ...MARCH, where: { segment: ['fleet'] } })).stages[0]?.entered).toBe(1);
  await workspace.insert('customer', [
    { customer_id: 'C1', segment: 'fleet' },
    { customer_id: 'C2', segment: null },
  ]);
  const cases = [
    { case_id: 'x1', customer_id: 'C1' },
    { case_id: 'x2', customer_id: 'C2' },
    { case_id: 'x3', customer_id: 'C1', segment: 'residential' },
  ];
  await workspace.insert(
    'journey_case',
    cases.map((each) => ({ segment: null, ...each, stream_id: 'NCV-01', opened_at: '2026-01-01' })),
  );
  await workspace.insert(
    'stage_event',
    ['x1', 'x2', 'x3', 'nobody'].map((case_id) => ({ case_id, stage_id: 'NCV-01.1', visit_no: 1, entered_at: '2026-03-02' })),
  );
  const entered = async (...segment: string[]) => (await flow({ ...MARCH, where: { segment } })).stages[0]?.entered;
  expect(await entered('fleet')).toBe(2);
  expect(await entered('residential')).toBe(1);
  expect(await entered('unknown')).toBe(2);
  expect(await entered('fleet', 'unknown')).toBe(4);
  expect((await flow(MARCH)).stages[0]?.entered).toBe(5);
});

test('months are those of the business time zone', async () => {
  workspace.close();
  workspace = await memoryWorkspace({ timeZone: 'America/New_York' });
  await put([['a', 1, 1, '2026-04-01T03:59:00Z', '2026-04-01T04:01:00Z']]);
  expect((await flow(MARCH)).stages[0]).toMatchObject({ entered: 1, passed: 0, wip: 1 });
  expect((await flow({ from: '2026-04', to: '2026-04' })).stages[0]).toMatchObject({ entered: 0, passed: 1, wip: 0 });
});

test('each region has its own months, and its own end of them', async () => {
  workspace.close();
  workspace = await memoryWorkspace({ timeZone: 'UTC', regionTimeZones: { West: 'America/Los_Angeles', East: 'Asia/Tokyo' } });
  const regions = { west: 'West', east: 'East', none: null };
  await workspace.insert(
    'journey_case',
    Object.entries(regions).map(([case_id, region]) => ({ case_id, region, stream_id: 'NCV-01', opened_at: '2025-01-01' })),
  );
  await workspace.insert(
    'stage_event',
    Object.keys(regions).map((case_id) => ({
      case_id,
      stage_id: 'NCV-01.1',
      visit_no: 1,
      entered_at: '2026-03-31T16:00:00Z',
      exited_at: '2026-04-01T06:00:00Z',
      outcome: 'passed',
    })),
  );
  // Tokyo's April has begun when the visits begin; Los Angeles is still in March when they end.
  expect((await flow(MARCH)).stages[0]).toMatchObject({ entered: 2, passed: 1, wip: 1 });
  expect((await flow({ from: '2026-04', to: '2026-04' })).stages[0]).toMatchObject({ entered: 1, passed: 2, wip: 0 });
});

test('filters keep the cases of a segment, and hostile values only match nothing', async () => {
  await put([
    ['a', 1, 1, '2026-03-01', '2026-03-02'],
    ['fleet-1', 1, 1, '2026-03-01', '2026-03-02'],
  ]);
  expect((await flow({ ...MARCH, where: { segment: ['fleet'] } })).stages[0]?.entered).toBe(1);
  expect((await flow({ ...MARCH, where: { segment: ["'; DROP TABLE stage_event; --"] } })).stages[0]?.entered).toBe(0);
  expect((await flow(MARCH)).stages[0]?.entered).toBe(2);
});

/** Whole days in March of twenty cases, each in the stage for one to seven days. */
const CLOSED_LOG: readonly Visit[] = Array.from({ length: 20 }, (_, index) => {
  const start = 1 + ((index * 7) % 20);
  const day = (of: number) => `2026-03-${String(of).padStart(2, '0')}`;
  return [`c${index}`, 1, 1, day(start), day(start + 1 + (index % 7))] as const;
});

test("Little's law holds exactly on a closed log: the work in progress of all days is the days of all cases", async () => {
  await put(CLOSED_LOG);
  let progress = 0;
  for (let day = 1; day <= 31; day += 1) {
    const [stage] = (await flow(MARCH, `2026-03-${String(day).padStart(2, '0')}`)).stages;
    progress += stage?.wip ?? 0;
  }
  const cycleDays = CLOSED_LOG.reduce((sum, _, index) => sum + 1 + (index % 7), 0);
  expect(progress).toBe(cycleDays);
});

test('work in progress at the end is that at the start, plus arrivals, less departures', async () => {
  await put([
    ['a', 1, 1, '2026-02-10', '2026-03-05'],
    ['b', 1, 1, '2026-02-11', '2026-04-05', 'dropped'],
    ['c', 1, 1, '2026-03-11', '2026-03-31T23:59:00Z', 'returned'],
    ['d', 1, 1, '2026-03-11', '2026-04-01T00:00:00Z'],
    ['e', 1, 1, '2026-03-31T23:00:00Z'],
    ['again', 1, 1, '2026-02-01', '2026-02-03', 'returned'],
    ['again', 1, 2, '2026-03-04', '2026-03-05'],
    ['again', 1, 3, '2026-03-06', '2026-03-07'],
  ]);
  const [before] = (await flow({ from: '2026-02', to: '2026-02' })).stages;
  const [march] = (await flow(MARCH)).stages;
  const departures = (march?.passed ?? 0) + (march?.dropped ?? 0) + (march?.returned ?? 0);
  expect(before?.wip).toBe(2);
  expect(march?.wip).toBe(3);
  expect(march?.wip).toBe((before?.wip ?? 0) + (march?.entered ?? 0) - departures);
});

test('what limits the reading is said: skips, disorder, late begin, damaged times, foreign and absent stages', async () => {
  await put([
    ['skips', 1, 1, '2026-03-01', '2026-03-02'],
    ['skips', 3, 1, '2026-03-02', '2026-03-03'],
    ['late', 3, 1, '2026-03-05'],
    ['damaged', 1, 1, '2026-03-10', '2026-03-09'],
    ['foreign', 9, 1, '2026-03-01'],
  ]);
  const answer = await flow(MARCH);
  expect(answer.notes).toEqual([
    '1 case skipped at least one stage',
    '1 case is first seen after the first stage: it began before the extract, or skipped it',
    '1 visit ends before it begins and is left out of times',
    'no data for NCV-01.2',
    'the data holds NCV-01.9 (1 visits), which is no stage of NCV-01',
  ]);
  expect(answer.stages[0]).toMatchObject({ entered: 2, passed: 2, medianDays: 1 });
});

test('a case that enters a later stage first is said to be out of order', async () => {
  await put([
    ['a', 2, 1, '2026-03-01', '2026-03-02'],
    ['a', 1, 1, '2026-03-03', '2026-03-04'],
  ]);
  expect((await flow(MARCH)).notes).toEqual(['1 case entered a stage before an earlier one', 'no data for NCV-01.3']);
});

test('without any stage visits every stage is empty and the note says what to import', async () => {
  const answer = await flow({});
  expect(answer).toMatchObject({ from: '2026-01', to: '2026-12', notes: ['no data: import stage_event'] });
  expect(answer.stages.map((stage) => [stage.entered, stage.conversion, stage.reworkShare])).toEqual([
    [0, null, null],
    [0, null, null],
    [0, null, null],
  ]);
});

/** Visits that a number decides: a few in every month, long and short, sent back, damaged, skipped and out of order. */
const MIXED_LOG: readonly Visit[] = Array.from({ length: 150 }, (_, index): Visit => {
  const random = (salt: number) => ((index * 7919 + salt * 104_729) % 9973) / 9973;
  const entered = Date.parse('2025-11-15') + random(1) * 200 * 86_400_000;
  const exited = entered + (random(2) * 70 - 3) * 86_400_000;
  const isOpen = random(3) < 0.2;
  const outcome = ['passed', 'dropped', 'returned'][Math.floor(random(4) * 3)];
  const [caseId, stage, begun] = [`c${Math.floor(index / 3)}`, 1 + Math.floor(random(5) * 3), new Date(entered).toISOString()];
  return isOpen
    ? [caseId, stage, 1 + (index % 3), begun]
    : [caseId, stage, 1 + (index % 3), begun, new Date(exited).toISOString(), outcome ?? 'passed'];
});

interface PlainVisit {
  readonly caseId: string;
  readonly stage: number;
  readonly visit: number;
  readonly entered: number;
  readonly exited: number | null;
  readonly outcome: string | undefined;
}

/** The figures of a stage, counted visit by visit as contract/flow.ts words them. */
function counted(visits: readonly PlainVisit[], stage: number, [start, end]: readonly [number, number]) {
  const isWithin = (at: number | null) => at !== null && at >= start && at < end;
  const own = visits.filter((each) => each.stage === stage);
  const cases = [...new Set(own.map((each) => each.caseId))].map((id) => own.filter((each) => each.caseId === id));
  const ended = (outcome: string) => own.filter((each) => each.outcome === outcome && isWithin(each.exited)).length;
  const newCases = cases.filter((each) => isWithin(Math.min(...each.map((visit) => visit.entered))));
  const left = newCases.filter((each) => each.every((visit) => visit.exited !== null));
  const lastOf = (each: readonly PlainVisit[]) =>
    [...each].sort((a, b) => (a.exited ?? 0) - (b.exited ?? 0) || a.visit - b.visit).at(-1);
  const seen = cases.filter((each) =>
    each.some((visit) => visit.entered < end && (visit.exited === null || visit.exited >= start)),
  );
  const timesCome = (each: readonly PlainVisit[]) => {
    const begun = each.filter((visit) => visit.entered < end);
    return Math.max(begun.length, ...begun.map((visit) => visit.visit));
  };
  return {
    entered: own.filter((each) => isWithin(each.entered)).length,
    newCases: newCases.length,
    passed: ended('passed'),
    dropped: ended('dropped'),
    returned: ended('returned'),
    open: own.filter((each) => isWithin(each.entered) && each.exited === null).length,
    wip: cases.filter((each) => each.some((visit) => visit.entered < end && (visit.exited === null || visit.exited >= end)))
      .length,
    conversion: left.length === 0 ? null : left.filter((each) => lastOf(each)?.outcome === 'passed').length / left.length,
    reworkShare: seen.length === 0 ? null : seen.filter((each) => timesCome(each) > 1).length / seen.length,
  };
}

test.each([
  ['2025-11', '2025-11'],
  ['2026-02', '2026-02'],
  ['2026-01', '2026-04'],
  ['2025-10', '2026-10'],
])('from %s to %s every figure is what counting visit by visit gives', async (from, to) => {
  await put(MIXED_LOG);
  const visits = MIXED_LOG.map(([caseId, stage, visit, entered, exited, outcome]): PlainVisit => {
    return {
      caseId,
      stage,
      visit,
      entered: Date.parse(entered),
      exited: exited === undefined ? null : Date.parse(exited),
      outcome,
    };
  });
  const period = [Date.parse(`${from}-01`), Date.parse(`${addMonths(to, 1)}-01`)] as const;
  const answer = await flow({ from, to });
  for (const [index, stage] of answer.stages.entries()) expect(stage).toMatchObject(counted(visits, index + 1, period));
});
