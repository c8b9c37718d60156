import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pack, unpack } from '../../analytics/contract/columns.ts';

/** What a boundary does to a value: the structured clone that message ports use. */
const crossed = <Value>(value: Value): Value => unpack(structuredClone(pack(value)));

const anyAnswer = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.double(),
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.array(tie('value')),
    fc.dictionary(fc.string(), tie('value'), { noNullPrototype: true }),
  ),
})).value;

const record = <Fields extends Record<string, unknown>>(fields: { [Name in keyof Fields]: fc.Arbitrary<Fields[Name]> }) =>
  fc.record(fields, { noNullPrototype: true });

const anyTable = fc.array(
  record({
    day: fc.constantFrom('2026-10-01', '2026-10-02', ''),
    num: fc.option(fc.double()),
    mature: fc.option(fc.boolean()),
    by: record({ segment: fc.string() }),
    target: fc.oneof(fc.constant(null), fc.double(), record({ low: fc.double(), high: fc.double() })),
    months: fc.array(fc.option(fc.integer())),
    limits: fc.option(record({ upper: fc.option(fc.double()) })),
  }),
);

describe('pack and unpack', () => {
  it('give back any answer to the last bit, fields in their order', () => {
    fc.assert(
      fc.property(fc.oneof(anyAnswer, anyTable), (answer) => {
        const back = crossed(answer);
        expect(back).toStrictEqual(answer);
        expect(JSON.stringify(back)).toBe(JSON.stringify(answer));
      }),
    );
  });

  it('keep apart what looks alike: no rows, empty text, null, zero and minus zero, no number', () => {
    const rows = [
      { list: [], text: '', number: 0, other: null },
      { list: [null], text: null, number: -0, other: undefined },
      { list: [[]], text: '\u0000', number: Number.NaN, other: 1 },
      { list: [], text: '\ud800', number: Number.POSITIVE_INFINITY, other: '1' },
    ];
    const back = crossed(rows);
    expect(back).toStrictEqual(rows);
    expect(Object.is(back[1]?.number, -0)).toBe(true);
  });

  it('tell apart more words than a byte or two can count', () => {
    const rows = Array.from({ length: 70_000 }, (_, index) => ({ id: `case ${index}`, wide: `w${index % 300}` }));
    expect(crossed(rows)).toStrictEqual(rows);
  });

  it('turn rows of one shape into typed arrays, one a field, repeated texts stored once', () => {
    const { column } = pack([
      { day: '2026-10-01', num: 1.5, den: 1 },
      { day: '2026-10-02', num: null, den: 1 },
      { day: '2026-10-01', num: 2.5, den: 1 },
    ]);
    expect(column).toEqual({
      kind: 'lists',
      lengths: Uint32Array.of(3),
      items: {
        kind: 'records',
        names: ['day', 'num', 'den'],
        valid: null,
        fields: [
          { kind: 'texts', codes: Uint8Array.of(1, 2, 1), text: '2026-10-012026-10-02', ends: Uint32Array.of(10, 20) },
          { kind: 'numbers', values: Float64Array.of(1.5, 0, 2.5), valid: Uint8Array.of(1, 0, 1) },
          { kind: 'same', value: 1 },
        ],
      },
    });
  });

  it('divide values of several forms into a column of each form', () => {
    const targets = [0.9, { low: 0.65, high: 0.85 }, null, 0.8];
    expect(pack(targets).column).toMatchObject({
      items: {
        kind: 'union',
        places: Uint8Array.of(0, 1, 2, 0),
        parts: [{ kind: 'numbers', values: Float64Array.of(0.9, 0.8) }, { kind: 'records' }, { kind: 'same', value: null }],
      },
    });
    expect(crossed(targets)).toStrictEqual(targets);
  });

  it('leave as it is what no column can hold', () => {
    const rows = [JSON.parse('{"__proto__": 1}'), JSON.parse('{"__proto__": 2}')];
    expect(pack(rows).column).toMatchObject({ items: { kind: 'mixed' } });
    expect(crossed(rows)).toStrictEqual(rows);
  });
});
