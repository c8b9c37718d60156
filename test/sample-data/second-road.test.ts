import { describe, expect, it } from 'vitest';
import { dayNumber, HOUR, instantAt, MINUTE } from '../../sample-data/generator/clock.ts';
import { type Asset, type ChargerMessage, emptyWorld, type Lead, type World } from '../../sample-data/generator/records.ts';
import { netNewLeads, sixMonthsAfter } from '../../sample-data/second-road/marketing.ts';
import { Books, percentile } from '../../sample-data/second-road/observation.ts';
import { businessHours, type Relation, survival } from '../../sample-data/second-road/serving.ts';
import { lengthOf, meet, union, without } from '../../sample-data/second-road/span.ts';
import { minutesIn, portLives } from '../../sample-data/second-road/uptime.ts';

const local = (day: string, clock = '00:00') =>
  instantAt(dayNumber(day), Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)));

describe('the second road to the answers, on tables small enough to work by hand', () => {
  it('takes percentiles between neighbours, as a spreadsheet does', () => {
    expect(percentile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(percentile([4, 1, 3, 2], 0.85)).toBeCloseTo(3.55, 12);
    expect(percentile([], 0.5)).toBeNull();
  });

  it('counts support hours on working days only, over a weekend and a holiday', () => {
    expect(businessHours(local('2026-01-16', '16:00'), local('2026-01-20', '10:30'), 'default')).toBe(2.5);
    expect(businessHours(local('2026-03-07', '12:00'), local('2026-03-08', '12:00'), 'always')).toBe(23);
    expect(businessHours(local('2026-03-07', '12:00'), local('2026-03-08', '12:00'), 'default')).toBe(0);
  });

  it('lets the censored leave the risk set and late entries join it', () => {
    const relation = (start: number, end: number | null, rest: Partial<Relation> = {}): Relation => {
      return { segment: 'residential', start, end, moved: false, observedFrom: null, ...rest };
    };
    const lives = [
      relation(0, 100),
      relation(0, null),
      relation(0, 150, { moved: true }),
      relation(0, 200),
      relation(0, null, { observedFrom: 120 }),
    ];
    // Day 100: 4 at risk (the late one is not yet), one lost. Day 200: 3 at risk (the mover is gone, the late one there), one lost.
    expect(survival(lives, 400)).toBeCloseTo((3 / 4) * (2 / 3), 12);
    expect(survival(lives, 150)).toBeCloseTo(3 / 4, 12);
    expect(survival([], 400)).toBeNull();
  });

  it('adds, cuts and joins stretches of time without counting a minute twice', () => {
    expect(
      union([
        [5, 9],
        [1, 3],
        [2, 4],
      ]),
    ).toEqual([
      [1, 4],
      [5, 9],
    ]);
    expect(
      meet(
        [
          [1, 4],
          [6, 8],
        ],
        [[3, 7]],
      ),
    ).toEqual([
      [3, 4],
      [6, 7],
    ]);
    expect(
      without(
        [[0, 10]],
        [
          [2, 3],
          [9, 20],
        ],
      ),
    ).toEqual([
      [0, 2],
      [3, 9],
    ]);
    expect(
      lengthOf([
        [0, 5],
        [3, 7],
      ]),
    ).toBe(7);
  });

  it('adds six months to the end of August without leaving February', () => {
    expect(new Date(sixMonthsAfter(Date.UTC(2025, 7, 31, 10))).toISOString()).toBe('2026-02-28T10:00:00.000Z');
  });

  it('counts a person once in 90 days, measured from the real enquiry just before', () => {
    const lead = (id: string, day: string, rest: Partial<Lead> = {}) =>
      ({
        id,
        stream: 'NCV-01',
        createdAt: local(day),
        email: 'e1',
        phone: null,
        isTest: false,
        serviceable: true,
        duplicateOf: null,
        ...rest,
      }) as Lead;
    const leads = [
      lead('a', '2025-01-01'),
      lead('b', '2025-03-01'),
      lead('c', '2025-05-20'),
      lead('d', '2025-10-01'),
      lead('e', '2025-01-05', { email: 'e2', isTest: true, phone: 'p' }),
      lead('f', '2025-01-06', { email: 'e3', phone: 'p' }),
      lead('g', '2025-01-06', { email: 'e4', stream: 'NCV-02', phone: 'p' }),
    ];
    const books = new Books({ ...emptyWorld(), leads });
    expect(netNewLeads(books, 'NCV-01').map((each) => each.id)).toEqual(['a', 'f', 'd']);
  });

  it('nets excused minutes out of an outage only where they overlap it', () => {
    const world = juneWorld();
    const span = [local('2025-06-01'), local('2025-07-01')] as const;
    const { observed, out, excused } = minutesIn(portLives(new Books(world)), span);
    expect({ observed, out, excused }).toEqual({ observed: 43_200, out: 1440 + 1800, excused: 720 + 120 });
  });
});

/** A port in service all June: faulted for a day, out of contact for 30 hours, partly excused; a second charger shows that the collector listens. */
function juneWorld(): World {
  const world = emptyWorld();
  const asset = (id: string, rest: Partial<Asset>) =>
    ({ id, site: 'S', caseId: 'J', inServiceAt: local('2025-05-20'), retiredAt: null, ...rest }) as Asset;
  world.cases.push({ id: 'J', stream: 'NCV-02', segment: 'commercial', region: 'Metro' } as World['cases'][number]);
  world.assets.push(asset('C', { kind: 'charger', parent: null }), asset('C-1', { kind: 'port', parent: 'C', connector: 1 }));
  const say = (charger: string, at: number, status: string | null = null) => {
    world.chargerLog.push({
      charger,
      connector: status === null ? 0 : 1,
      message: status === null ? 'Heartbeat' : 'StatusNotification',
      status,
      at,
    } as ChargerMessage);
  };
  for (let at = local('2025-05-20'); at < local('2025-07-02'); at += 5 * HOUR) say('other', at);
  say('C', local('2025-05-20'), 'Available');
  for (let at = local('2025-05-20', '12:00'); at < local('2026-11-01'); at += 12 * HOUR) {
    if (at <= local('2025-06-08', '12:00') || at > local('2025-06-10', '06:00')) say('C', at);
  }
  say('C', local('2025-06-10', '06:00'));
  say('C', local('2025-06-01', '08:00'), 'Faulted');
  say('C', local('2025-06-01', '10:00'), 'Faulted');
  say('C', local('2025-06-02', '08:00'), 'Available');
  const excuse = (assetId: string, from: number, to: number, approved = true) => {
    world.exclusions.push({ id: String(from), asset: assetId, from, to, reason: 'maintenance', approved, evidence: '' });
  };
  excuse('C-1', local('2025-06-01', '20:00'), local('2025-06-02', '12:00'));
  excuse('S', local('2025-06-08', '20:00'), local('2025-06-09', '02:00'));
  excuse('C', local('2025-06-09', '10:00'), local('2025-06-09', '10:00') + 30 * MINUTE, false);
  return world;
}
