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
  /** What has no common form, as it is. */
  | { readonly kind: 'mixed'; readonly values: readonly unknown[] };

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
  const present = values.filter((value) => value !== null);
  const [first] = present;
  if (present.length === 0) return { kind: 'same', value: null };
  if (typeof first === 'number' && areAll(present, 'number')) return sameOr(values, () => numbersOf(values, present.length));
  if (typeof first === 'string' && areAll(present, 'string')) return sameOr(values, () => textsOf(values));
  if (typeof first === 'boolean' && areAll(present, 'boolean')) return sameOr(values, () => flagsOf(values));
  if (values.every(Array.isArray)) {
    return { kind: 'lists', lengths: Uint32Array.from(values, (list) => list.length), items: columnOf(values.flat(1)) };
  }
  return (isPlainObject(first) && recordsOf(values, present, Object.keys(first))) || { kind: 'mixed', values };
}

function areAll(values: readonly unknown[], type: 'number' | 'string' | 'boolean'): boolean {
  return values.every((value) => typeof value === type);
}

function sameOr(values: readonly unknown[], otherwise: () => Column): Column {
  const [first] = values;
  return values.every((value) => Object.is(value, first))
    ? { kind: 'same', value: first as string | number | boolean }
    : otherwise();
}

function numbersOf(values: readonly unknown[], present: number): Column {
  return { kind: 'numbers', values: Float64Array.from(values, (value) => value as number), valid: validity(values, present) };
}

function flagsOf(values: readonly unknown[]): Column {
  return { kind: 'flags', values: Uint8Array.from(values, (value) => (value === null ? 2 : Number(value))) };
}

function textsOf(values: readonly unknown[]): Column {
  const known = new Map<unknown, number>([[null, 0]]);
  const codes = Uint32Array.from(values, (value) => {
    const code = known.get(value) ?? known.size;
    if (code === known.size) known.set(value, code);
    return code;
  });
  const words = [...known.keys()].slice(1) as string[];
  let end = 0;
  const ends = Uint32Array.from(words, (word) => {
    end += word.length;
    return end;
  });
  const narrow = known.size <= 0x100 ? Uint8Array.from(codes) : known.size <= 0x1_0000 ? Uint16Array.from(codes) : codes;
  return { kind: 'texts', codes: narrow, text: words.join(''), ends };
}

function recordsOf(values: readonly unknown[], present: readonly unknown[], names: readonly string[]): Column | null {
  const isShape = !names.includes('__proto__') && present.every((value) => isPlainObject(value) && hasNames(value, names));
  if (!isShape) return null;
  const rows = present as readonly Readonly<Record<string, unknown>>[];
  return {
    kind: 'records',
    names,
    fields: names.map((name) => columnOf(rows.map((row) => row[name]))),
    valid: validity(values, present.length),
  };
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function hasNames(value: object, names: readonly string[]): boolean {
  const own = Object.keys(value);
  return own.length === names.length && own.every((name, index) => name === names[index]);
}

function validity(values: readonly unknown[], present: number): Uint8Array | null {
  return present === values.length ? null : Uint8Array.from(values, (value) => (value === null ? 0 : 1));
}

function valuesOf(column: Column, count: number): readonly unknown[] {
  switch (column.kind) {
    case 'same':
      return new Array(count).fill(column.value);
    case 'numbers':
      return withNulls(Array.from(column.values), column.valid);
    case 'flags':
      return Array.from(column.values, (value) => (value === 2 ? null : value === 1));
    case 'texts': {
      const words = wordsOf(column.text, column.ends);
      return Array.from(column.codes, (code) => words[code]);
    }
    case 'lists':
      return listsOf(column);
    case 'records':
      return recordRows(column, count);
    case 'mixed':
      return column.values;
    default:
      return assertNever(column);
  }
}

function withNulls(values: unknown[], valid: Uint8Array | null): readonly unknown[] {
  return valid === null ? values : values.map((value, index) => (valid[index] === 1 ? value : null));
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

function recordRows({ names, fields, valid }: Extract<Column, { kind: 'records' }>, count: number): readonly unknown[] {
  const present = valid === null ? count : valid.reduce((sum, each) => sum + each, 0);
  const rows = Array.from({ length: present }, (): Record<string, unknown> => ({}));
  for (const [index, name] of names.entries()) {
    const values = fields[index] === undefined ? [] : valuesOf(fields[index], present);
    for (const [row, value] of values.entries()) (rows[row] as Record<string, unknown>)[name] = value;
  }
  if (valid === null) return rows;
  let next = 0;
  return Array.from(valid, (each) => (each === 1 ? rows[next++] : null));
}
