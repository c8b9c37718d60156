import { DAY, dayNumber, dayOf, END, HOUR, instantAt, LAST_DAY, lastDayOf, monthText, weekday } from '../generator/clock.ts';
import type { Survey, Term, Ticket } from '../generator/records.ts';
import settings from '../weir.json' with { type: 'json' };
import { type Answer, type Books, type Counted, groupBy, MONTHS, on } from './observation.ts';
import { type Span, union } from './span.ts';

/** Satisfied answers: the last of each journey given within 30 days, in the upper quarter of its scale. */
export function satisfaction(books: Books, asked: { stream: string; touchpoint: string }): Counted[] {
  const inTime = books
    .ofStream(books.world.surveys, asked.stream)
    .filter((row): row is Survey & { respondedAt: number; score: number } => {
      if (row.touchpoint !== asked.touchpoint || row.instrument !== 'csat' || row.respondedAt === null || row.score === null)
        return false;
      return row.respondedAt >= row.sentAt && row.respondedAt <= row.sentAt + 30 * DAY;
    });
  return [...groupBy(inTime, (row) => row.caseId).values()].map((answers) => {
    const last = answers.reduce((latest, row) => (row.respondedAt > latest.respondedAt ? row : latest));
    const good = (last.score - last.scaleMin) / (last.scaleMax - last.scaleMin) >= 0.75;
    return on(last.respondedAt, books.segmentOf(last), { num: good ? 1 : 0 });
  });
}

/** Hours in which a support calendar's clock runs between two instants. */
export function businessHours(from: number, to: number, calendar: Ticket['calendar']): number {
  const { weekdays, opens, closes, holidays } = settings.calendars[calendar];
  const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
  const closedDays = new Set((holidays as string[]).map(dayNumber));
  let total = 0;
  for (let day = dayOf(from); day <= dayOf(to); day++) {
    if (!weekdays.includes(weekday(day)) || closedDays.has(day)) continue;
    total += Math.max(0, Math.min(to, instantAt(day, minutes(closes))) - Math.max(from, instantAt(day, minutes(opens))));
  }
  return total / HOUR;
}

export function resolutionTime(books: Books, stream: string): Counted[] {
  const waits = groupBy(books.world.ticketStates, (state) => (state.state === 'wait_customer' ? state.ticket : null));
  const found: Counted[] = [];
  for (const ticket of books.ofStream(books.world.tickets, stream)) {
    const { openedAt, resolvedAt } = ticket;
    if (resolvedAt === null || ticket.mergedInto !== null || ticket.spam || resolvedAt < openedAt) continue;
    const clipped = (waits.get(ticket.id) ?? []).map(
      (wait): Span => [Math.max(wait.from, openedAt), Math.min(wait.to ?? END, resolvedAt)],
    );
    const paused = union(clipped.filter(([from, to]) => to > from));
    let hours = businessHours(openedAt, resolvedAt, ticket.calendar);
    for (const [from, to] of paused) hours -= businessHours(from, to, ticket.calendar);
    found.push(on(resolvedAt, books.segmentOf(ticket), { num: hours }));
  }
  return found;
}

/** One unbroken relation with a customer, in days. */
export interface Relation {
  readonly segment: string;
  readonly start: number;
  readonly end: number | null;
  readonly moved: boolean;
  readonly observedFrom: number | null;
}

export function relations(books: Books): Relation[] {
  const found: Relation[] = [];
  for (const terms of groupBy(books.ofStream(books.world.terms, 'NCV-01'), (term) => term.customer).values()) {
    const ordered = [...terms].sort((a, b) => a.startAt - b.startAt);
    let run: Term[] = [];
    const close = () => {
      const [first, last] = [run[0], run[run.length - 1]];
      if (!first || !last) return;
      found.push({
        segment: books.segmentOf(first),
        start: dayOf(first.startAt),
        end: last.endAt === null ? null : dayOf(last.endAt),
        moved: last.endReason === 'moved',
        observedFrom: first.observedFrom === null ? null : dayOf(first.observedFrom),
      });
    };
    for (const term of ordered) {
      const before = run[run.length - 1];
      const joins = before && (before.endAt === null || dayOf(term.startAt) - dayOf(before.endAt) <= 30);
      if (!joins) {
        close();
        run = [];
      }
      run.push(term);
    }
    close();
  }
  return found;
}

/** Kaplan-Meier share of relations that last a year, as known at the end of a day. */
export function survival(population: readonly Relation[], asOfDay: number): number | null {
  const lives = population
    .filter((each) => each.start <= asOfDay)
    .map((each) => {
      const ended = each.end !== null && each.end <= asOfDay;
      const exit = (ended ? (each.end as number) : asOfDay) - each.start;
      return { entry: each.observedFrom === null ? -1 : each.observedFrom - each.start, exit, event: ended && !each.moved };
    });
  if (lives.length === 0) return null;
  const times = [
    ...new Set(lives.filter((life) => life.event && life.exit <= 365 && life.entry < life.exit).map((life) => life.exit)),
  ].sort((a, b) => a - b);
  let share = 1;
  for (const time of times) {
    const atRisk = lives.filter((life) => life.entry < time && time <= life.exit).length;
    const lost = lives.filter((life) => life.event && life.exit === time && life.entry < time).length;
    share *= 1 - lost / atRisk;
  }
  return share;
}

export function retentionAnswers(books: Books, metric: string): Answer[] {
  const all = relations(books);
  const empty = { num: null, den: null, n: null, median: null, p85: null, p95: null, provisional: false, pending: null };
  return [null, 'residential', 'commercial'].flatMap((segment) => {
    const mine = segment === null ? all : all.filter((each) => each.segment === segment);
    return MONTHS.map((month) => {
      return { metric, period: monthText(month), segment, ...empty, value: survival(mine, Math.min(lastDayOf(month), LAST_DAY)) };
    });
  });
}
