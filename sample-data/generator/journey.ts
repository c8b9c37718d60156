import { END, START, wholeSecond } from './clock.ts';
import type { Region, Segment, Stream } from './places.ts';
import type { Random } from './random.ts';
import type { Case, Customer, StageEvent, World } from './records.ts';

/** Hands out ids, each kind in its own row of numbers. */
export class Ids {
  private readonly last = new Map<string, number>();

  next(prefix: string, digits: number): string {
    const number = (this.last.get(prefix) ?? 0) + 1;
    this.last.set(prefix, number);
    return prefix + String(number).padStart(digits, '0');
  }
}

/** What every noun's generator is given. */
export interface Setting {
  readonly world: World;
  readonly ids: Ids;
  readonly random: Random;
  /** Share of the full sample's volume. */
  readonly scale: number;
}

/** One journey while it is being told: its case, and the stages walked so far. */
export class Journey {
  readonly record: Case;
  readonly customer: Customer;
  readonly events: StageEvent[] = [];
  private open: StageEvent | null = null;

  constructor(record: Case, customer: Customer) {
    this.record = record;
    this.customer = customer;
  }

  /** Leaves the stage the journey is in as passed, and enters the numbered stage at the same instant. */
  enter(stageNo: number, at: number, source: string): void {
    this.leave(at, 'passed', null);
    const stage = `${this.record.stream}.${stageNo}`;
    const visit = this.events.filter((event) => event.stage === stage).length + 1;
    this.open = { caseId: this.record.id, stage, visit, enteredAt: at, exitedAt: null, outcome: null, reason: null, source };
    this.events.push(this.open);
  }

  /** Sends the journey back to an earlier stage. */
  sendBack(stageNo: number, at: number, why: { reason: string; source: string }): void {
    this.leave(at, 'returned', why.reason);
    this.enter(stageNo, at, why.source);
  }

  drop(at: number, reason: string | null): void {
    this.leave(at, 'dropped', reason);
    this.record.closedAt = at;
    this.record.outcome = 'dropped';
  }

  complete(at: number): void {
    this.leave(at, 'passed', null);
    this.record.closedAt = at;
    this.record.outcome = 'completed';
  }

  private leave(at: number, outcome: 'passed' | 'dropped' | 'returned', reason: string | null): void {
    if (this.open === null) return;
    this.open.exitedAt = at;
    this.open.outcome = outcome;
    this.open.reason = reason;
    this.open = null;
  }

  /** Whether the journey touches the extracted months. */
  isAlive(): boolean {
    return this.record.openedAt < END && (this.record.closedAt === null || this.record.closedAt >= START);
  }

  /** Writes down what has happened by the last day; what is still to come is left open. */
  writeTo(world: World): void {
    const { record } = this;
    record.openedAt = wholeSecond(record.openedAt);
    if (record.closedAt !== null) {
      record.closedAt = wholeSecond(record.closedAt);
      if (record.closedAt >= END) {
        record.closedAt = null;
        record.outcome = 'open';
      }
    }
    for (const event of this.events) {
      event.enteredAt = wholeSecond(event.enteredAt);
      if (event.enteredAt >= END) continue;
      if (event.exitedAt !== null) event.exitedAt = wholeSecond(event.exitedAt);
      if (event.exitedAt !== null && event.exitedAt >= END) {
        event.exitedAt = null;
        event.outcome = null;
        event.reason = null;
      }
      world.stageEvents.push(event);
    }
    world.customers.push(this.customer);
    world.cases.push(record);
  }
}

interface Opening {
  readonly stream: Stream;
  readonly segment: Segment;
  readonly region: Region;
  readonly channel: string;
  readonly product: string;
  readonly at: number;
}

/** A new journey with a customer of its own. */
export function openJourney({ ids, random }: Setting, opening: Opening): Journey {
  const { stream, segment, region, channel, product } = opening;
  const at = wholeSecond(opening.at);
  const digits = { Metro: '100', Coastal: '117', Valley: '125', North: '128', Lakes: '144' }[region];
  const customer: Customer = {
    id: ids.next('A', 7),
    segment,
    region,
    postcode: digits + random.whole(10, 99),
    createdAt: at,
  };
  const record: Case = {
    id: ids.next(stream === 'NCV-01' ? 'J01-' : 'J02-', 6),
    stream,
    customer: customer.id,
    segment,
    region,
    product,
    channel,
    crew: null,
    openedAt: at,
    closedAt: null,
    outcome: 'open',
  };
  return new Journey(record, customer);
}
