import { dayOf, FIRST_DAY, LAST_DAY, monthOf, monthText } from '../generator/clock.ts';
import type { Case, World } from '../generator/records.ts';

/** One thing counted: on its day, with what it adds above and below the line, and the day from which that is final. */
export interface Counted {
  readonly day: number;
  readonly segment: string;
  readonly num: number;
  readonly den: number;
  readonly maturesOn: number | null;
  readonly region?: string;
  readonly crew?: string | null;
  readonly id?: string;
}

export type Kind = 'count' | 'sum' | 'share' | 'duration' | 'rolling rate';

/** A value as the answers file holds it; null where nothing can be said, or where two honest roads may count differently. */
export interface Answer {
  readonly metric: string;
  readonly period: string;
  readonly segment: string | null;
  readonly value: number | null;
  readonly num: number | null;
  readonly den: number | null;
  readonly n: number | null;
  readonly median: number | null;
  readonly p85: number | null;
  readonly p95: number | null;
  readonly provisional: boolean;
  readonly pending: number | null;
}

export const MONTHS: readonly number[] = Array.from({ length: 24 }, (_, index) => monthOf(FIRST_DAY) + index);

/** Type-7 percentile: linear between the two nearest of the sorted values. */
export function percentile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  return below + (above - below) * (place - Math.floor(place));
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export function isMature(each: Counted): boolean {
  return each.maturesOn === null || each.maturesOn <= LAST_DAY;
}

interface Asked {
  readonly metric: string;
  readonly kind: Kind;
  readonly segments: readonly string[];
  /** False where a row counted is no entity, so that n and pending depend on how rows are cut. */
  readonly countsEntities: boolean;
}

/** The monthly answers of a metric, overall and by segment. */
export function answersOf(asked: Asked, counted: readonly Counted[]): Answer[] {
  const answers: Answer[] = [];
  for (const segment of [null, ...asked.segments]) {
    const mine = segment === null ? counted : counted.filter((each) => each.segment === segment);
    for (const month of MONTHS) {
      const from = asked.kind === 'rolling rate' ? month - 11 : month;
      const inMonth = mine.filter((each) => monthOf(each.day) >= from && monthOf(each.day) <= month && each.day <= LAST_DAY);
      const ready = inMonth.filter(isMature);
      const pending = inMonth.length - ready.length;
      const counts = asked.countsEntities ? { n: ready.length, pending } : { n: null, pending: null };
      answers.push({
        metric: asked.metric,
        period: monthText(month),
        segment,
        ...figuresOf(asked.kind, ready),
        ...counts,
        provisional: pending > 0,
      });
    }
  }
  return answers;
}

type Figures = Pick<Answer, 'value' | 'num' | 'den' | 'median' | 'p85' | 'p95'>;

/** The value of mature observations: a share is the ratio of sums, a duration the median. */
export function figuresOf(kind: Kind, ready: readonly Counted[]): Figures {
  const num = sum(ready.map((each) => each.num));
  const den = sum(ready.map((each) => each.den));
  const none = { median: null, p85: null, p95: null };
  if (kind === 'count' || kind === 'sum') return { value: num, num, den: null, ...none };
  if (kind === 'share') return { value: den === 0 ? null : num / den, num, den, ...none };
  if (kind === 'rolling rate') return { value: den === 0 ? null : (num * 200_000) / den, num, den, ...none };
  const sizes = ready.map((each) => each.num);
  const median = percentile(sizes, 0.5);
  return { value: median, num: null, den: null, median, p85: percentile(sizes, 0.85), p95: percentile(sizes, 0.95) };
}

/** The world's records with the look-ups every metric needs. */
export class Books {
  readonly world: World;
  private readonly cases: ReadonlyMap<string, Case>;

  constructor(world: World) {
    this.world = world;
    this.cases = new Map(world.cases.map((each) => [each.id, each]));
  }

  caseOf(id: string): Case {
    const found = this.cases.get(id);
    if (found === undefined) throw new Error(`No journey ${id}`);
    return found;
  }

  /** The rows of a stream, found through their journey. */
  ofStream<Row extends { caseId: string }>(rows: readonly Row[], stream: string): Row[] {
    return rows.filter((row) => this.caseOf(row.caseId).stream === stream);
  }

  segmentOf(row: { caseId: string }): string {
    return this.caseOf(row.caseId).segment;
  }
}

export function groupBy<Row>(rows: readonly Row[], key: (row: Row) => string | null): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const name = key(row);
    if (name === null) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return groups;
}

/** An observation of the day on which `at` lies in the business zone. */
export function on(at: number, segment: string, given: { num: number; den?: number; within?: number }): Counted {
  const day = dayOf(at);
  return { day, segment, num: given.num, den: given.den ?? 1, maturesOn: given.within === undefined ? null : day + given.within };
}
