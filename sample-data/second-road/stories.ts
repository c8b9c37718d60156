import { dayOf, LAST_DAY, MINUTE, monthOf, monthText } from '../generator/clock.ts';
import { PLOT } from '../generator/plot.ts';
import { firstTimeFix, installs } from './delivering.ts';
import { leadConversion } from './marketing.ts';
import { METRICS } from './metrics.ts';
import { type Books, type Counted, isMature, MONTHS, sum } from './observation.ts';
import { winRate } from './selling.ts';
import { satisfaction } from './serving.ts';
import { minutesIn, monthSpan, type PortLife, silences } from './uptime.ts';

interface Share {
  readonly num: number;
  readonly den: number;
  readonly value: number | null;
}

function share(counted: readonly Counted[]): Share {
  const ready = counted.filter(isMature);
  const [num, den] = [sum(ready.map((each) => each.num)), sum(ready.map((each) => each.den))];
  return { num, den, value: den === 0 ? null : num / den };
}

function within(counted: readonly Counted[], from: number, months: number): Counted[] {
  return counted.filter((each) => monthOf(each.day) >= from && monthOf(each.day) < from + months && each.day <= LAST_DAY);
}

function quarterText(month: number): string {
  return `${Math.floor(month / 12)}-Q${Math.floor((month % 12) / 3) + 1}`;
}

/** What each planted story came to, in figures. */
export function storyAnswers(books: Books, lives: readonly PortLife[]): Record<string, unknown> {
  return {
    weakCrew: weakCrew(books),
    lateLosses: lateLosses(books),
    mixShift: mixShift(books),
    firmware: firmware(lives),
    collectorSilence: collectorSilence(books, lives),
    youngCohorts: youngCohorts(books),
    smallSegment: smallSegment(books),
    workWithoutContract: workWithoutContract(books),
    plantedDefects: plantedDefects(books),
  };
}

function weakCrew(books: Books): unknown {
  const { crew, from } = PLOT.weakCrew;
  const all = firstTimeFix(books);
  const mine = all.filter((each) => each.crew === crew);
  const others = all.filter((each) => each.crew !== crew);
  const first = MONTHS[0] as number;
  const halves = (counted: readonly Counted[]) => ({
    before: share(within(counted, first, from - first)),
    after: share(within(counted, from, 24)),
  });
  return {
    metric: 'ncv-01.5/first-time-fix-rate',
    crew,
    from: monthText(from),
    crewItself: halves(mine),
    otherCrews: halves(others),
  };
}

function lateLosses(books: Books): unknown {
  const counted = winRate(books);
  const monthly = MONTHS.map((month) => ({ period: monthText(month), ...share(within(counted, month, 1)) }));
  const quarters = MONTHS.filter((month) => month % 3 === 0 && month + 2 <= (MONTHS[23] as number));
  const quarterly = quarters.map((month) => ({ period: quarterText(month), ...share(within(counted, month, 3)) }));
  const byPlace = [0, 1, 2].map((place) => ({
    monthOfQuarter: place + 1,
    ...share(counted.filter((each) => MONTHS.includes(monthOf(each.day)) && monthOf(each.day) % 3 === place)),
  }));
  return { metric: 'ncv-01.3/win-rate', byMonthOfQuarter: byPlace, quarterly, monthly };
}

function mixShift(books: Books): unknown {
  const { before, after } = PLOT.mixShift;
  const counted = leadConversion(books);
  const quarter = (from: number) => {
    const all = within(counted, from, 3);
    const segments = ['residential', 'commercial', 'fleet'].map((segment) => [
      segment,
      share(all.filter((each) => each.segment === segment)),
    ]);
    return { period: quarterText(from), total: share(all), bySegment: Object.fromEntries(segments) };
  };
  return { metric: 'ncv-02.1/lead-conversion-rate', before: quarter(before), after: quarter(after) };
}

function firmware(lives: readonly PortLife[]): unknown {
  const { region, at, from, to } = PLOT.firmware;
  const figures = (months: readonly number[], inRegion: boolean) => {
    const mine = lives.filter((life) => (life.region === region) === inRegion);
    const total = { observed: 0, out: 0, excused: 0 };
    for (const month of months) {
      const part = minutesIn(mine, monthSpan(month));
      total.observed += part.observed;
      total.out += part.out;
      total.excused += part.excused;
    }
    return {
      ...total,
      gross: (total.observed - total.out) / total.observed,
      net: (total.observed - total.out + total.excused) / total.observed,
    };
  };
  const month = monthOf(dayOf(at));
  const [six, next] = [
    [-6, -5, -4, -3, -2, -1],
    [1, 2, 3, 4, 5, 6],
  ].map((steps) => steps.map((step) => month + step)) as [number[], number[]];
  const periods = { before: six.map(monthText), after: next.map(monthText) };
  const sides = (inRegion: boolean) => ({ before: figures(six, inRegion), after: figures(next, inRegion) });
  return {
    metric: 'ncv-02.7/uptime-of-chargers',
    region,
    at: new Date(at).toISOString(),
    from,
    to,
    periods,
    regionItself: sides(true),
    otherRegions: sides(false),
  };
}

function collectorSilence(books: Books, lives: readonly PortLife[]): unknown {
  const [from, to] = silences(books.world.chargerLog)[1] as readonly [number, number];
  const month = minutesIn(lives, monthSpan(monthOf(dayOf(from))));
  const inService = lives.filter((life) => (life.port.inServiceAt as number) <= from && (life.port.retiredAt ?? to) >= to).length;
  const instant = (at: number) => new Date(at).toISOString();
  const lost = (inService * (to - from)) / MINUTE;
  return {
    from: instant(from),
    to: instant(to),
    minutes: (to - from) / MINUTE,
    portsInService: inService,
    unobservedPortMinutes: lost,
    observedInMonth: month.observed,
  };
}

function youngCohorts(books: Books): unknown {
  const rows = [];
  for (const [metric, , counting, countsEntities] of METRICS) {
    if (countsEntities === false) continue;
    const counted = counting(books);
    for (const month of MONTHS) {
      const pending = within(counted, month, 1).filter((each) => !isMature(each)).length;
      if (pending > 0) rows.push({ metric, period: monthText(month), pending });
    }
  }
  return rows;
}

function smallSegment(books: Books): unknown {
  const fleet = satisfaction(books, { stream: 'NCV-02', touchpoint: 'post_install' }).filter((each) => each.segment === 'fleet');
  const year = within(fleet, MONTHS[12] as number, 12);
  return {
    metric: 'ncv-02.6/customer-satisfaction',
    segment: 'fleet',
    lastTwelveMonths: share(year),
    mostInOneMonth: Math.max(...MONTHS.map((month) => within(fleet, month, 1).length)),
  };
}

function workWithoutContract(books: Books): unknown {
  const sold = new Set(books.world.opportunities.filter((deal) => deal.signedAt !== null).map((deal) => deal.caseId));
  const orders = installs(books, 'NCV-01').filter((order) => !sold.has(order.caseId));
  return { kind: 'install', stream: 'NCV-01', count: orders.length, workOrders: orders.map((order) => order.id).sort() };
}

/** Records that no clean rule can use: how many there are, so that an import can be held to finding them. */
function plantedDefects({ world }: Books): unknown {
  const seenKeys = new Set<string>();
  let repeated = 0;
  for (const { charger, connector, message, status, at } of world.chargerLog) {
    const key = `${charger}|${connector}|${message}|${status}|${at}`;
    if (seenKeys.has(key)) repeated++;
    seenKeys.add(key);
  }
  const minutes = (from: number | null, to: number | null) => (from === null || to === null ? 0 : (to - from) / MINUTE);
  return {
    dealsSignedBeforeOpened: world.opportunities.filter((deal) => deal.signedAt !== null && deal.signedAt < deal.createdAt)
      .length,
    visitsLongerThan900Minutes: world.visits.filter((visit) => minutes(visit.actualStart, visit.actualEnd) > 900).length,
    chargerMessagesRepeated: repeated,
    chargerMessagesLate: world.chargerLog.filter((each) => each.receivedAt - each.at > 60 * MINUTE).length,
    subscriptionsObservedLate: world.terms.filter((term) => term.observedFrom !== null).length,
  };
}
