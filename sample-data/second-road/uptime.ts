import { END, firstDayOf, instantAt, MINUTE, monthText } from '../generator/clock.ts';
import type { Asset, ChargerMessage } from '../generator/records.ts';
import settings from '../weir.json' with { type: 'json' };
import { type Answer, type Books, groupBy, MONTHS } from './observation.ts';
import { lengthOf, meet, type Span, union, without } from './span.ts';

const OPERATIVE = new Set(['Available', 'Preparing', 'Charging', 'SuspendedEV', 'SuspendedEVSE', 'Finishing', 'Reserved']);

/** One port over the whole extract: when it was in service and observed, out, and excused. */
export interface PortLife {
  readonly port: Asset;
  readonly segment: string;
  readonly region: string;
  readonly observed: readonly Span[];
  readonly out: readonly Span[];
  readonly excused: readonly Span[];
}

/** Stretches in which nothing arrived from any charger for at least the collector's limit. */
export function silences(log: readonly ChargerMessage[]): Span[] {
  const times = log.map((each) => each.at).sort((a, b) => a - b);
  const found: Span[] = [[Number.NEGATIVE_INFINITY, times[0] ?? END]];
  for (let i = 1; i <= times.length; i++) {
    const [from, to] = [times[i - 1] as number, times[i] ?? END];
    if (to - from >= settings.uptime.collectorSilenceMinutes * MINUTE) found.push([from, to]);
  }
  return found;
}

function offline(messages: readonly ChargerMessage[]): Span[] {
  const beat = settings.uptime.heartbeatMinutes * MINUTE;
  const limit = Math.max(2 * beat, settings.uptime.offlineAfterMinutes * MINUTE);
  const found: Span[] = [];
  messages.forEach((each, index) => {
    const next = messages[index + 1]?.at ?? END;
    if (next - each.at > limit) found.push([each.at + beat, next]);
  });
  return found;
}

function inoperative(messages: readonly ChargerMessage[], connector: number): Span[] {
  const states = messages.filter((each) => each.status !== null && each.connector === connector);
  const found: Span[] = [];
  states.forEach((each, index) => {
    if (!OPERATIVE.has(each.status as string)) found.push([each.at, states[index + 1]?.at ?? END]);
  });
  return union(found);
}

export function portLives(books: Books): PortLife[] {
  const { world } = books;
  const silent = silences(world.chargerLog);
  const byCharger = groupBy(world.chargerLog, (each) => each.charger);
  const excuses = groupBy(
    world.exclusions.filter((each) => each.approved),
    (each) => each.asset,
  );
  const lives: PortLife[] = [];
  for (const port of world.assets) {
    if (port.kind !== 'port' || port.inServiceAt === null || port.parent === null) continue;
    const messages = [...(byCharger.get(port.parent) ?? [])].sort((a, b) => a.at - b.at);
    const observed = without([[port.inServiceAt, port.retiredAt ?? END]], silent);
    const down = [...inoperative(messages, 0), ...inoperative(messages, port.connector as number), ...offline(messages)];
    const out = meet(down, observed);
    const covering = [port.id, port.parent, port.site].flatMap((asset) => excuses.get(asset) ?? []);
    const excused = meet(
      out,
      covering.map((each): Span => [each.from, each.to]),
    );
    const { segment, region } = books.caseOf(port.caseId);
    lives.push({ port, segment, region, observed, out, excused });
  }
  return lives;
}

/** Minutes of a set of ports in a span: observed, out, and excused among out. */
export function minutesIn(
  lives: readonly PortLife[],
  span: Span,
): { observed: number; out: number; excused: number; ports: number } {
  const total = { observed: 0, out: 0, excused: 0, ports: 0 };
  for (const life of lives) {
    const observed = lengthOf(meet(life.observed, [span])) / MINUTE;
    if (observed === 0) continue;
    total.observed += observed;
    total.out += lengthOf(meet(life.out, [span])) / MINUTE;
    total.excused += lengthOf(meet(life.excused, [span])) / MINUTE;
    total.ports++;
  }
  return total;
}

export function monthSpan(month: number): Span {
  return [instantAt(firstDayOf(month)), instantAt(firstDayOf(month + 1))];
}

export function uptimeAnswers(lives: readonly PortLife[], metric: string): Answer[] {
  const empty = { n: null, median: null, p85: null, p95: null, provisional: false, pending: null };
  return [null, 'residential', 'commercial', 'fleet'].flatMap((segment) => {
    const mine = segment === null ? lives : lives.filter((life) => life.segment === segment);
    return MONTHS.map((month) => {
      const { observed, out, excused } = minutesIn(mine, monthSpan(month));
      const num = observed - (out - excused);
      return {
        metric,
        period: monthText(month),
        segment,
        ...empty,
        value: observed === 0 ? null : num / observed,
        num,
        den: observed,
      };
    });
  });
}
