import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OUTCOME, WHEN } from '../../analytics/flow/compile-visits.ts';
import { countFlow, type Visits } from '../../analytics/flow/count-flow.ts';
import { runs } from '../support/random.ts';

const DAY = 8.64e10;

/** A visit by days; the period is the days 10 to 19. */
interface Visit {
  readonly one: number;
  readonly place: number;
  readonly number: number;
  readonly entered: number;
  readonly exited: number | null;
  readonly outcome: number;
}

const visit: fc.Arbitrary<Visit> = fc.record({
  one: fc.integer({ min: 1, max: 4 }),
  place: fc.integer({ min: 0, max: 2 }),
  number: fc.integer({ min: 1, max: 3 }),
  entered: fc.integer({ min: 0, max: 30 }),
  exited: fc.option(fc.integer({ min: 0, max: 30 })),
  outcome: fc.constantFrom(...Object.values(OUTCOME)),
});

function when(day: number | null): number {
  if (day === null) return Number.NaN;
  return day < 10 ? WHEN.before : day < 20 ? WHEN.within : WHEN.after;
}

function columnsOf(visits: readonly Visit[]): Visits {
  const cases = [...new Set(visits.map((each) => each.one))];
  const column = (value: (each: Visit) => number) => Float64Array.from(visits, value);
  const isWaiting = ({ entered, exited }: Visit) => entered < 20 && (exited === null || exited >= 20);
  return {
    case_no: column((each) => cases.indexOf(each.one) + 1),
    place: column((each) => each.place),
    visit_no: column((each) => each.number),
    entered: column((each) => each.entered * DAY),
    exited: column((each) => (each.exited === null ? Number.NaN : each.exited * DAY)),
    outcome: column((each) => (each.exited === null ? OUTCOME.none : each.outcome)),
    entered_when: column((each) => when(each.entered)),
    exited_when: column((each) => when(each.exited)),
    age: column((each) => (isWaiting(each) ? 20 - each.entered : Number.NaN)),
  };
}

const keyOf = ({ one, place, number }: Visit) => `${one} ${place} ${number}`;

test('the order in which visits come changes nothing, and what is counted by visit and by case adds up', () => {
  fc.assert(
    fc.property(fc.uniqueArray(visit, { selector: keyOf, maxLength: 12 }), (visits) => {
      const found = countFlow(columnsOf(visits), 3);
      expect(countFlow(columnsOf([...visits].reverse()), 3)).toEqual(found);
      for (const [place, figures] of found.stages.entries()) {
        const here = visits.filter((each) => each.place === place);
        expect(figures === null).toBe(here.length === 0);
        if (figures === null) continue;
        const left = here.filter((each) => when(each.exited) === WHEN.within);
        const ended = (outcome: number) => left.filter((each) => each.outcome === outcome).length;
        expect(figures.entered).toBe(here.filter((each) => when(each.entered) === WHEN.within).length);
        expect([figures.passed, figures.dropped, figures.returned]).toEqual(
          [OUTCOME.passed, OUTCOME.dropped, OUTCOME.returned].map(ended),
        );
        const waiting = here.filter((each) => each.entered < 20 && (each.exited === null || each.exited >= 20));
        expect(figures.wip).toBe(new Set(waiting.map((each) => each.one)).size);
        expect(figures.newCases).toBeLessThanOrEqual(figures.entered);
        expect(figures.converted).toBeLessThanOrEqual(figures.leftCases);
      }
    }),
    { numRuns: runs(300) },
  );
});

test('times are percentiles of type 7, and who waits longer than most took is past the promise', () => {
  const stay = (one: number, days: number): Visit => ({ one, place: 0, number: 1, entered: 18 - days, exited: 18, outcome: 1 });
  const waiting = (one: number, since: number): Visit => ({ ...stay(one, 0), entered: since, exited: null });
  const visits = [stay(1, 1), stay(2, 2), stay(3, 3), stay(4, 4), waiting(5, 19), waiting(6, 11)];
  const [figures] = countFlow(columnsOf(visits), 1).stages;
  // By hand: ranks 1.5 and 2.55 of 1, 2, 3, 4; ages 1 and 9.
  expect(figures).toMatchObject({ medianDays: 2.5, wip: 2, medianAge: 5, pastPromise: 1, open: 2 });
  expect(figures?.p85Days).toBeCloseTo(3.55, 12);
});

test('no visits are no figures', () => {
  expect(countFlow(columnsOf([]), 2)).toMatchObject({ stages: [null, null], facts: { skipped: 0, outOfOrder: 0 } });
});
