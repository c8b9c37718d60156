import { DAY, dayOf, END, HOUR, instantAt, MINUTE, minuteOfDay, START, seen, weekday, wholeSecond } from '../clock.ts';
import type { Setting } from '../journey.ts';
import type { Stream } from '../places.ts';
import type { Random } from '../random.ts';
import type { Ticket, TicketState } from '../records.ts';

interface Served {
  readonly caseId: string;
  readonly stream: Stream;
  readonly asset: string;
  readonly from: number;
  readonly to: number;
}

const TOPICS: Readonly<Record<Stream, readonly (readonly [string, number])[]>> = {
  'NCV-01': [
    ['device offline', 30],
    ['app login', 22],
    ['billing', 16],
    ['how to', 20],
    ['automation rule', 12],
  ],
  'NCV-02': [
    ['charger down', 26],
    ['session failed', 24],
    ['RFID card', 14],
    ['billing', 18],
    ['app login', 18],
  ],
};

/** Tickets of one customer over the time served: more of them in the first two months. */
export function tickets(setting: Setting, served: Served, perYear: number): void {
  const { random } = setting;
  const early = random.count(0.42);
  for (let i = 0; i < early; i++) raise(setting, served, served.from + random.between(0.1, 60) * DAY);
  const end = Math.min(served.to, END);
  for (let at = served.from + 60 * DAY + random.waiting(365 / perYear) * DAY; at < end; at += random.waiting(365 / perYear) * DAY)
    raise(setting, served, at);
}

function raise(setting: Setting, served: Served, at: number): void {
  const { random, ids, world } = setting;
  const openedAt = wholeSecond(at);
  if (openedAt < START || openedAt >= END) return;
  const category = random.weighted(TOPICS[served.stream]);
  const down = category === 'charger down';
  const priority = down
    ? random.weighted([
        [1, 4],
        [2, 6],
      ] as const)
    : random.weighted([
        [2, 1],
        [3, 6],
        [4, 3],
      ] as const);
  const ticket: Ticket = {
    id: ids.next('TCK', 7),
    caseId: served.caseId,
    asset: random.chance(0.6) ? served.asset : null,
    openedAt,
    resolvedAt: null,
    closedAt: null,
    priority,
    category,
    contact: random.weighted([
      ['Phone', 45],
      ['Email', 25],
      ['Self-service', 20],
      ['Chat', 10],
    ] as const),
    calendar: down ? 'always' : 'default',
    reopened: 0,
    mergedInto: null,
    spam: random.chance(0.008),
  };
  const pace = { 1: 9, 2: 20, 3: 38, 4: 60 }[priority];
  const states = statesOf(setting, ticket, pace);
  const last = states[states.length - 1] as TicketState;
  if (last.state === 'resolved') {
    ticket.resolvedAt = last.from;
    ticket.closedAt = seen(last.from + random.between(3, 7) * DAY);
    last.to = ticket.closedAt;
  }
  ticket.reopened = states.filter((each) => each.state === 'resolved').length - (last.state === 'resolved' ? 1 : 0);
  world.tickets.push(ticket);
  world.ticketStates.push(...states);
  if (random.chance(0.03)) {
    const againAt = openedAt + Math.floor(random.between(5, 600)) * MINUTE;
    if (againAt >= END) return;
    const again = { ...ticket, id: ids.next('TCK', 7), openedAt: againAt, mergedInto: ticket.id, reopened: 0 };
    again.resolvedAt = seen(againAt + 20 * MINUTE);
    again.closedAt = again.resolvedAt;
    world.tickets.push(again);
  }
}

/** The instant where someone sits at the desk then, else some time into the next morning. */
function atDesk(random: Random, at: number): number {
  const minute = minuteOfDay(at);
  if (weekday(dayOf(at)) <= 5 && minute >= 9 * 60 && minute < 17 * 60) return at;
  let day = minute < 9 * 60 ? dayOf(at) : dayOf(at) + 1;
  while (weekday(day) > 5) day++;
  return instantAt(day, 9 * 60) + Math.floor(random.between(1, 200)) * MINUTE + (at % MINUTE);
}

/** The ticket's way through work, waits and reopening, as known on the last day: the last state has no end. */
function statesOf({ random }: Setting, ticket: Ticket, pace: number): TicketState[] {
  const plan: TicketState['state'][] = ['active'];
  if (random.chance(0.34)) plan.push('wait_customer', 'active');
  if (random.chance(0.12)) plan.push('wait_vendor', 'active');
  if (random.chance(0.08)) plan.push('wait_customer', 'active');
  plan.push('resolved');
  if (random.chance(0.05)) plan.push('active', 'resolved');
  const states: TicketState[] = [];
  let at = ticket.openedAt;
  const works = plan.filter((state) => state === 'active').length;
  for (const state of plan) {
    const hours = {
      active: random.skewed(pace / works, 0.8),
      wait_customer: random.skewed(26, 0.8),
      wait_vendor: random.skewed(40, 0.7),
      resolved: random.between(8, 70),
    }[state];
    const done = wholeSecond(at + hours * HOUR) + 1000;
    const until = state === 'active' && ticket.calendar === 'default' ? atDesk(random, done) : done;
    states.push({ ticket: ticket.id, seq: states.length + 1, state, from: at, to: seen(until) });
    if (until >= END) break;
    at = until;
  }
  const last = states[states.length - 1] as TicketState;
  if (last.state === 'resolved') last.to = null;
  return states;
}
