import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kaplanMeier, type Relations } from '../../analytics/observe/survival/kaplan-meier.ts';
import { runs } from '../support/random.ts';

/** A relation by days: when it began, when it ended (null: it lasts), and the age at which it was first seen (-1: from its start). */
interface Relation {
  readonly began: number;
  readonly ended: number | null;
  readonly isLoss: boolean;
  readonly entry: number;
  readonly alike: number;
}

const relation: fc.Arbitrary<Relation> = fc.record({
  began: fc.integer({ min: 0, max: 40 }),
  ended: fc.option(fc.integer({ min: 0, max: 80 })),
  isLoss: fc.boolean(),
  entry: fc.oneof(fc.constant(-1), fc.integer({ min: 0, max: 20 })),
  alike: fc.integer({ min: 1, max: 3 }),
});

function columnsOf(relations: readonly Relation[]): Relations {
  const column = (value: (each: Relation) => number) => Float64Array.from(relations, value);
  return {
    began: column((each) => each.began),
    ended: column((each) => each.ended ?? Number.NaN),
    isLoss: column((each) => (each.isLoss ? 1 : 0)),
    entry: column((each) => each.entry),
    alike: column((each) => each.alike),
  };
}

/** By the definition alone: for every age, who is at risk at it and who is lost at it. */
function byDefinition(relations: readonly Relation[], cut: number, horizon: number) {
  const followed = relations
    .flatMap((each) => Array.from({ length: each.alike }, () => each))
    .map(({ began, ended, isLoss, entry }) => {
      const isEnded = ended !== null && ended <= cut;
      return { age: (isEnded ? ended : cut) - began, isLost: isEnded && isLoss, entry };
    })
    .filter(({ age, entry }) => age >= 0 && age > entry);
  if (followed.length === 0) return null;
  let [survival, greenwood, events] = [1, 0, 0];
  for (let age = 0; age <= horizon; age += 1) {
    const lost = followed.filter((each) => each.isLost && each.age === age).length;
    const atRisk = followed.filter((each) => each.entry < age && age <= each.age).length;
    if (lost === 0) continue;
    events += lost;
    survival *= 1 - lost / atRisk;
    if (lost < atRisk) greenwood += lost / (atRisk * (atRisk - lost));
  }
  return { n: followed.length, events, survival, greenwood, longest: Math.max(...followed.map((each) => each.age)) };
}

test('relations followed to many cuts are those of the definition at each, to the last bit', () => {
  fc.assert(
    fc.property(
      fc.array(relation, { maxLength: 25 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 0, max: 60 }),
      (relations, days, horizon) => {
        const cuts = [...days].sort((a, b) => a - b);
        const rows = [...relations.keys()];
        const found = kaplanMeier(columnsOf(relations), rows, { cuts, horizon });
        expect(found).toEqual(cuts.map((cut) => byDefinition(relations, cut, horizon)));
      },
    ),
    { numRuns: runs(500) },
  );
});

test('only the rows that are named take part', () => {
  const relations = columnsOf([
    { began: 0, ended: 5, isLoss: true, entry: -1, alike: 1 },
    { began: 0, ended: null, isLoss: false, entry: -1, alike: 1 },
    { began: 0, ended: 3, isLoss: true, entry: -1, alike: 7 },
  ]);
  const [found] = kaplanMeier(relations, [0, 1], { cuts: [10], horizon: 10 });
  expect(found).toEqual({ n: 2, events: 1, survival: 0.5, greenwood: 0.5, longest: 10 });
});

test('before the first of them began none is at risk', () => {
  const relations = columnsOf([{ began: 20, ended: null, isLoss: false, entry: -1, alike: 1 }]);
  expect(kaplanMeier(relations, [0], { cuts: [10, 19], horizon: 10 })).toEqual([null, null]);
  expect(kaplanMeier(relations, [0], { cuts: [19, 20], horizon: 10 })).toMatchObject([null, { n: 1, longest: 0 }]);
});
