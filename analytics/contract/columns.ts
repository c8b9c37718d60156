import { assertNever } from './errors.ts';

/**
 * How answers cross a process boundary: as columns, not as rows of objects. A value of any shape that JSON can hold becomes a tree
 * of columns (what Arrow does for nested tables): lists become their lengths and one column of all their items, objects of one
 * shape become one column a field, numbers a typed array, texts codes into a dictionary. A boundary then copies a few dozen blocks
 * of memory, where it would have to visit every field of every row.
 */
type Column =
  /** One value that stands in every row. */
  | { readonly kind: 'same'; readonly value: string | number | boolean | null }
  | { readonly kind: 'numbers'; readonly values: Float64Array; readonly valid: Uint8Array | null }
  /** Code 0 is null; the words stand one after the other in `text`, each up to its end. */
  | {
      readonly kind: 'texts';
      readonly codes: Uint8Array | Uint16Array | Uint32Array;
      readonly text: string;
      readonly ends: Uint32Array;
    }
  /** 0 false, 1 true, 2 null. */
  | { readonly kind: 'flags'; readonly values: Uint8Array }
  | { readonly kind: 'lists'; readonly lengths: Uint32Array; readonly items: Column }
  | {
      readonly kind: 'records';
      readonly names: readonly string[];
      readonly fields: readonly Column[];
      readonly valid: Uint8Array | null;
    }
  /** Values of several forms: the place of each one's form among the parts. */
  | { readonly kind: 'union'; readonly places: Uint8Array; readonly parts: readonly Column[] }
  /** What has no form of these, as it is. */
  | { readonly kind: 'mixed'; readonly values: readonly unknown[] };

const MOST_PARTS = 255;

declare const packedFrom: unique symbol;

/** A value in the form in which it crosses a boundary; {@link unpack} gives it back. */
export interface Packed<Value> {
  readonly column: Column;
  readonly [packedFrom]?: Value;
}

/** Turns plain data (null, booleans, numbers, texts, arrays and objects of these) into columns. */
export function pack<Value>(value: Value): Packed<Value> {
  return { column: columnOf([value]) };
}

/** Gives back what was packed, equal to the last bit and with the fields in their order. */
export function unpack<Value>(packed: Packed<Value>): Value {
  return valuesOf(packed.column, 1)[0] as Value;
}

function columnOf(values: readonly unknown[]): Column {
  const absent = count(values, null);
  if (absent === values.length) return { kind: 'same', value: null };
  switch (commonType(values)) {
    case 'number':
      return isSame(values) ? { kind: 'same', value: values[0] as number } : numbersOf(values, absent);
    case 'string':
      return isSame(values) ? { kind: 'same', value: values[0] as string } : textsOf(values);
    case 'boolean':
      return isSame(values) ? { kind: 'same', value: values[0] as boolean } : flagsOf(values);
    case 'object':
      if (values.every(Array.isArray)) {
        return {
          kind: 'lists',
          lengths: filled(new Uint32Array(values.length), values, (list) => list.length),
          items: columnOf(values.flat(1)),
        };
      }
      return recordsOf(values, absent) ?? unionOf(values);
    default:
      return unionOf(values);
  }
}

function count(values: readonly unknown[], wanted: unknown): number {
  let found = 0;
  for (const value of values) if (value === wanted) found += 1;
  return found;
}

/** The type of all values that are not null; null where they have several. */
function commonType(values: readonly unknown[]): string | null {
  let common: string | null = null;
  for (const value of values) {
    if (value === null) continue;
    if (common === null) common = typeof value;
    else if (typeof value !== common) return null;
  }
  return common;
}

function isSame(values: readonly unknown[]): boolean {
  const [first] = values;
  return values.every((value) => Object.is(value, first));
}

function numbersOf(values: readonly unknown[], absent: number): Column {
  return { kind: 'numbers', values: filled(new Float64Array(values.length), values, Number), valid: validity(values, absent) };
}

function flagsOf(values: readonly unknown[]): Column {
  return {
    kind: 'flags',
    values: filled(new Uint8Array(values.length), values, (value) => (value === null ? 2 : Number(value))),
  };
}

function textsOf(values: readonly unknown[]): Column {
  const known = new Map<unknown, number>([[null, 0]]);
  const codes = filled(new Uint32Array(values.length), values, (value) => {
    const code = known.get(value);
    if (code !== undefined) return code;
    known.set(value, known.size);
    return known.size - 1;
  });
  const words = [...known.keys()].slice(1) as string[];
  let end = 0;
  const ends = filled(new Uint32Array(words.length), words, (word) => {
    end += word.length;
    return end;
  });
  return { kind: 'texts', codes: narrowed(codes, known.size), text: words.join(''), ends };
}

function narrowed(codes: Uint32Array, size: number): Uint8Array | Uint16Array | Uint32Array {
  if (size <= 0x100) return new Uint8Array(codes);
  return size <= 0x1_0000 ? new Uint16Array(codes) : codes;
}

/** What the array's own `from` does, many times as fast. */
function filled<Value, Numbers extends Float64Array | Uint8Array | Uint32Array>(
  numbers: Numbers,
  values: readonly Value[],
  numberOf: (value: Value) => number,
): Numbers {
  for (let index = 0; index < values.length; index += 1) numbers[index] = numberOf(values[index] as Value);
  return numbers;
}

function recordsOf(values: readonly unknown[], absent: number): Column | null {
  const rows = (absent === 0 ? values : values.filter((value) => value !== null)) as readonly Readonly<Record<string, unknown>>[];
  const names = Object.keys(rows[0] ?? {});
  if (names.includes('__proto__') || !rows.every((row) => hasShape(row, names))) return null;
  return {
    kind: 'records',
    names,
    fields: names.map((name) => columnOf(rows.map((row) => row[name]))),
    valid: validity(values, absent),
  };
}

/** Whether it is a plain object with exactly these fields, in this order. */
function hasShape(value: object, names: readonly string[]): boolean {
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  let place = 0;
  for (const name in value) {
    if (name !== names[place]) return false;
    place += 1;
  }
  return place === names.length;
}

function unionOf(values: readonly unknown[]): Column {
  const parts = new Map<string, { readonly place: number; readonly values: unknown[] }>();
  const places = filled(new Uint8Array(values.length), values, (value) => {
    const form = formOf(value);
    const part = parts.get(form) ?? { place: parts.size, values: [] };
    parts.set(form, part);
    part.values.push(value);
    return part.place;
  });
  if (parts.size < 2 || parts.size > MOST_PARTS) return { kind: 'mixed', values };
  return { kind: 'union', places, parts: Array.from(parts.values(), (part) => columnOf(part.values)) };
}

/** What values must have in common to stand in one column: their type, and of objects their fields. */
function formOf(value: unknown): string {
  if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value;
  return Array.isArray(value) ? 'list' : `fields ${Object.keys(value).join('\u0000')}`;
}

function validity(values: readonly unknown[], absent: number): Uint8Array | null {
  return absent === 0 ? null : filled(new Uint8Array(values.length), values, (value) => (value === null ? 0 : 1));
}

function valuesOf(column: Column, count: number): readonly unknown[] {
  switch (column.kind) {
    case 'same':
      return new Array(count).fill(column.value);
    case 'numbers': {
      const { valid } = column;
      return listed(column.values, (value, index) => (valid === null || valid[index] === 1 ? value : null));
    }
    case 'flags':
      return listed(column.values, (value) => (value === 2 ? null : value === 1));
    case 'texts': {
      const words = wordsOf(column.text, column.ends);
      return listed(column.codes, (code) => words[code]);
    }
    case 'lists':
      return listsOf(column);
    case 'records':
      return recordRows(column, count);
    case 'union':
      return unionValues(column);
    case 'mixed':
      return column.values;
    default:
      return assertNever(column);
  }
}

function listed(numbers: ArrayLike<number>, meaning: (value: number, index: number) => unknown): readonly unknown[] {
  const values = new Array<unknown>(numbers.length);
  for (let index = 0; index < numbers.length; index += 1) values[index] = meaning(numbers[index] as number, index);
  return values;
}

/** The words by their codes; null stands at 0. */
function wordsOf(text: string, ends: Uint32Array): (string | null)[] {
  const words: (string | null)[] = [null];
  let start = 0;
  for (const end of ends) {
    words.push(text.slice(start, end));
    start = end;
  }
  return words;
}

function listsOf({ lengths, items }: Extract<Column, { kind: 'lists' }>): readonly unknown[] {
  const all = valuesOf(
    items,
    lengths.reduce((sum, length) => sum + length, 0),
  );
  if (lengths.length === 1) return [all];
  let start = 0;
  return Array.from(lengths, (length) => {
    start += length;
    return all.slice(start - length, start);
  });
}

function unionValues({ places, parts }: Extract<Column, { kind: 'union' }>): readonly unknown[] {
  const counts = parts.map(() => 0);
  for (const place of places) counts[place] = (counts[place] ?? 0) + 1;
  const values = parts.map((part, place) => valuesOf(part, counts[place] ?? 0));
  const next = parts.map(() => 0);
  return listed(places, (place) => {
    const index = next[place] ?? 0;
    next[place] = index + 1;
    return values[place]?.[index];
  });
}

function recordRows({ names, fields, valid }: Extract<Column, { kind: 'records' }>, count: number): readonly unknown[] {
  const present = valid === null ? count : valid.reduce((sum, each) => sum + each, 0);
  // Copies of one row have one hidden shape, which makes filling them several times as fast as growing each field by field.
  const blank: Record<string, unknown> = Object.fromEntries(names.map((name) => [name, null]));
  const rows = Array.from({ length: present }, () => ({ ...blank }));
  for (const [index, name] of names.entries()) {
    const values = fields[index] === undefined ? [] : valuesOf(fields[index], present);
    for (let row = 0; row < present; row += 1) (rows[row] as Record<string, unknown>)[name] = values[row];
  }
  if (valid === null) return rows;
  let next = 0;
  return Array.from(valid, (each) => (each === 1 ? rows[next++] : null));
}
