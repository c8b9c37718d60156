import { OUTCOME, WHEN } from './compile-visits.ts';
import { Sizes } from './sizes.ts';

/** Visits column by column, as `compileVisits` gives them; NaN where there is nothing. */
export interface Visits {
  readonly case_no: Float64Array;
  readonly place: Float64Array;
  readonly visit_no: Float64Array;
  readonly entered: Float64Array;
  readonly exited: Float64Array;
  readonly outcome: Float64Array;
  readonly entered_when: Float64Array;
  readonly exited_when: Float64Array;
  readonly age: Float64Array;
}

/** The figures of one stage; durations and ages are fractional days of 24 hours, percentiles type 7. */
export interface StageFigures {
  entered: number;
  newCases: number;
  passed: number;
  dropped: number;
  returned: number;
  open: number;
  leftCases: number;
  converted: number;
  medianDays: number | null;
  p85Days: number | null;
  wip: number;
  medianAge: number | null;
  pastPromise: number;
  seen: number;
  reworked: number;
}

/** What limits the reading of the figures, among the cases seen in some stage in the period. */
export interface FlowFacts {
  skipped: number;
  outOfOrder: number;
  begunBefore: number;
  negative: number;
  noOutcome: number;
}

export interface FlowCount {
  /** Of each stage, in order; null where no visit to it is known of these cases. */
  readonly stages: readonly (StageFigures | null)[];
  readonly facts: FlowFacts;
}

const DAY = 8.64e10;

/**
 * The flow of a period, from the visits of all cases that come near it. A case has left a stage when none of its visits is open; visits that
 * end before they begin take no part in times.
 */
export function countFlow(visits: Visits, stages: number): FlowCount {
  const counts = Array.from({ length: stages }, stageCount);
  const facts: FlowFacts = { skipped: 0, outOfOrder: 0, begunBefore: 0, negative: 0, noOutcome: 0 };
  const stays = Array.from({ length: stages }, noStay);
  const rows = byCase(visits.case_no);
  for (let next = 0; next < rows.length; ) {
    const one = visits.case_no[rows[next] as number];
    for (; next < rows.length && visits.case_no[rows[next] as number] === one; next += 1) {
      const row = rows[next] as number;
      const place = visits.place[row] as number;
      countVisit(counts[place] as StageCount, facts, visits, row);
      addVisit(stays[place] as Stay, visits, row);
    }
    countPath(facts, stays);
    for (let place = 0; place < stages; place += 1) {
      const stay = stays[place] as Stay;
      if (stay.visits === 0) continue;
      countStay(counts[place] as StageCount, stay);
      forget(stay);
    }
  }
  return { stages: counts.map(figuresOf), facts };
}

/** The rows in order of their cases, which are numbered from 1 without a gap. */
function byCase(cases: Float64Array): Int32Array {
  const last = cases.reduce((most, each) => Math.max(most, each), 0);
  const place = new Int32Array(last + 2);
  for (const each of cases) place[each + 1] = (place[each + 1] as number) + 1;
  for (let each = 1; each < place.length; each += 1) place[each] = (place[each] as number) + (place[each - 1] as number);
  const rows = new Int32Array(cases.length);
  for (let row = 0; row < cases.length; row += 1) {
    const each = cases[row] as number;
    rows[place[each] as number] = row;
    place[each] = (place[each] as number) + 1;
  }
  return rows;
}

/** What is counted of a stage on the way to its figures. */
interface StageCount extends Omit<StageFigures, 'medianDays' | 'p85Days' | 'wip' | 'medianAge' | 'pastPromise'> {
  /** Whether any visit is known. */
  isKnown: boolean;
  readonly days: Sizes;
  readonly ages: Sizes;
}

function stageCount(): StageCount {
  const counts = { entered: 0, newCases: 0, passed: 0, dropped: 0, returned: 0, open: 0, leftCases: 0, converted: 0 };
  return { ...counts, seen: 0, reworked: 0, isKnown: false, days: new Sizes(), ages: new Sizes() };
}

function countVisit(count: StageCount, facts: FlowFacts, visits: Visits, row: number): void {
  const isLeft = !Number.isNaN(visits.exited[row]);
  count.isKnown = true;
  if (visits.entered_when[row] === WHEN.within) {
    count.entered += 1;
    if (!isLeft) count.open += 1;
  }
  if (visits.exited_when[row] !== WHEN.within) return;
  const outcome = visits.outcome[row];
  if (outcome === OUTCOME.passed) count.passed += 1;
  else if (outcome === OUTCOME.dropped) count.dropped += 1;
  else if (outcome === OUTCOME.returned) count.returned += 1;
  else if (outcome === OUTCOME.none) facts.noOutcome += 1;
  if ((visits.exited[row] as number) < (visits.entered[row] as number)) facts.negative += 1;
}

/** All visits of one case to one stage together. */
interface Stay {
  visits: number;
  firstEntered: number;
  firstWhen: number;
  leftWhen: number;
  isOpen: boolean;
  isDamaged: boolean;
  isSeen: boolean;
  days: number;
  lastExit: number;
  lastVisit: number;
  lastOutcome: number;
  /** Visits begun by the end of the period: as many as are known, or as the last one's number says. */
  known: number;
  highest: number;
  age: number;
}

function noStay(): Stay {
  const stay: Stay = { ...NO_STAY };
  forget(stay);
  return stay;
}

const NO_STAY: Stay = {
  visits: 0,
  firstEntered: 0.5,
  firstWhen: 0,
  leftWhen: 0.5,
  isOpen: false,
  isDamaged: false,
  isSeen: false,
  days: 0.5,
  lastExit: 0.5,
  lastVisit: 0.5,
  lastOutcome: 0,
  known: 0,
  highest: 0,
  age: 0.5,
};

/** Makes it a stay of no visit: there are many, and one object for all of a stage's takes a fraction of the time. */
function forget(stay: Stay): void {
  stay.visits = 0;
  stay.firstEntered = Number.POSITIVE_INFINITY;
  stay.firstWhen = WHEN.after;
  stay.leftWhen = Number.NEGATIVE_INFINITY;
  stay.isOpen = false;
  stay.isDamaged = false;
  stay.isSeen = false;
  stay.days = 0;
  stay.lastExit = Number.NEGATIVE_INFINITY;
  stay.lastVisit = Number.NEGATIVE_INFINITY;
  stay.lastOutcome = OUTCOME.none;
  stay.known = 0;
  stay.highest = 0;
  stay.age = Number.NaN;
}

function addVisit(stay: Stay, visits: Visits, row: number): void {
  const [entered, exited, number] = [visits.entered[row] as number, visits.exited[row] as number, visits.visit_no[row] as number];
  const [enteredWhen, exitedWhen] = [visits.entered_when[row] as number, visits.exited_when[row] as number];
  stay.visits += 1;
  stay.firstEntered = Math.min(stay.firstEntered, entered);
  stay.firstWhen = Math.min(stay.firstWhen, enteredWhen);
  if (enteredWhen <= WHEN.within) {
    stay.known += 1;
    stay.highest = Math.max(stay.highest, number);
    if (Number.isNaN(exited) || exitedWhen >= WHEN.within) stay.isSeen = true;
  }
  const age = visits.age[row] as number;
  if (!Number.isNaN(age)) stay.age = Number.isNaN(stay.age) ? age : Math.max(stay.age, age);
  if (Number.isNaN(exited)) {
    stay.isOpen = true;
    return;
  }
  stay.leftWhen = Math.max(stay.leftWhen, exitedWhen);
  stay.days += (exited - entered) / DAY;
  if (exited < entered) stay.isDamaged = true;
  if (exited > stay.lastExit || (exited === stay.lastExit && number > stay.lastVisit)) {
    stay.lastExit = exited;
    stay.lastVisit = number;
    stay.lastOutcome = visits.outcome[row] as number;
  }
}

function countStay(count: StageCount, stay: Stay): void {
  if (stay.firstWhen === WHEN.within) {
    count.newCases += 1;
    if (!stay.isOpen) count.leftCases += 1;
    if (!stay.isOpen && stay.lastOutcome === OUTCOME.passed) count.converted += 1;
  }
  if (!stay.isOpen && !stay.isDamaged && stay.leftWhen === WHEN.within) count.days.add(stay.days);
  if (stay.isSeen) {
    count.seen += 1;
    if (Math.max(stay.known, stay.highest) > 1) count.reworked += 1;
  }
  if (!Number.isNaN(stay.age)) count.ages.add(stay.age);
}

/** Whether a case, seen in some stage in the period, skipped a stage, entered one before an earlier one, or is first seen after the first. */
function countPath(facts: FlowFacts, stays: readonly Stay[]): void {
  let [first, last, visited, earlier] = [-1, -1, 0, Number.NaN];
  let [isOutOfOrder, isSeen] = [false, false];
  for (let place = 0; place < stays.length; place += 1) {
    const stay = stays[place] as Stay;
    if (stay.visits === 0) continue;
    if (first < 0) first = place;
    last = place;
    visited += 1;
    if (stay.isSeen) isSeen = true;
    if (stay.firstEntered < earlier) isOutOfOrder = true;
    earlier = stay.firstEntered;
  }
  if (!isSeen) return;
  if (last - first + 1 > visited) facts.skipped += 1;
  if (isOutOfOrder) facts.outOfOrder += 1;
  if (first > 0) facts.begunBefore += 1;
}

function figuresOf({ isKnown, days, ages, ...counts }: StageCount): StageFigures | null {
  if (!isKnown) return null;
  const p85Days = days.percentile(0.85);
  return {
    ...counts,
    medianDays: days.percentile(0.5),
    p85Days,
    wip: ages.count,
    medianAge: ages.percentile(0.5),
    pastPromise: p85Days === null ? 0 : ages.above(p85Days),
  };
}
