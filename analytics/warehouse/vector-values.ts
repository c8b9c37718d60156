import type { DuckDBVector } from '@duckdb/node-api';
import type { PlainValue } from '../contract/sql.ts';
import { plainValue } from './plain-value.ts';

/** How the client holds the values of a column; none of it is promised, so each part is looked for before it is used. */
interface Layout {
  readonly items?: unknown;
  readonly dataView?: unknown;
  readonly validity?: { readonly data?: unknown; readonly offset?: unknown };
}

/** The plain values of a column's part: numbers and short texts straight from the database's memory, all others one by one. */
export function valuesOf(vector: DuckDBVector): PlainValue[] {
  const { items, dataView, validity } = vector as unknown as Layout;
  const isValid = validityOf(validity);
  if (isValid !== null && (items instanceof Float64Array || items instanceof Int32Array || items instanceof BigInt64Array)) {
    if (isNumeric(vector)) return numbersOf(items, isValid);
  }
  if (isValid !== null && dataView instanceof DataView && vector.type.toString() === 'VARCHAR') {
    return textsOf(vector, dataView, isValid);
  }
  return Array.from({ length: vector.itemCount }, (_, item) => plainValue(vector.getItem(item)));
}

/** The numbers of a column's part put into `target` from a place on; NaN where there is none. */
export function putNumbers(vector: DuckDBVector, target: Float64Array, first: number): void {
  const { items, validity } = vector as unknown as Layout;
  const bits = bitsOf(validity);
  if (bits !== null && (items instanceof Float64Array || items instanceof Int32Array) && isNumeric(vector)) {
    target.set(items, first);
    for (let item = 0; item < items.length && bits.length > 0; item += 1) {
      const byte = bits[item >> 3] as number;
      // Most often all eight are there.
      if (byte === 255) item |= 7;
      else if (((byte >> (item & 7)) & 1) === 0) target[first + item] = Number.NaN;
    }
    return;
  }
  for (const [item, value] of valuesOf(vector).entries()) target[first + item] = value === null ? Number.NaN : Number(value);
}

/** Other types are laid out as numbers, too: days, for example. */
function isNumeric(vector: DuckDBVector): boolean {
  return ['DOUBLE', 'INTEGER', 'BIGINT'].includes(vector.type.toString());
}

type Validity = (item: number) => boolean;

/** A bit for each item, 1 where it is there; none at all where all are. Null where the client holds it in another way than is known here. */
function bitsOf(validity: Layout['validity']): Uint8Array | null {
  if (validity?.data === null) return new Uint8Array();
  if (!(validity?.data instanceof BigUint64Array) || validity.offset !== 0) return null;
  const { buffer, byteOffset, byteLength } = validity.data;
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Whether an item is there; null as of {@link bitsOf}. */
function validityOf(validity: Layout['validity']): Validity | null {
  const bits = bitsOf(validity);
  if (bits === null) return null;
  return bits.length === 0 ? () => true : (item) => (((bits[item >> 3] as number) >> (item & 7)) & 1) === 1;
}

function numbersOf(items: Float64Array | Int32Array | BigInt64Array, isValid: Validity): PlainValue[] {
  const values = new Array<PlainValue>(items.length);
  for (let item = 0; item < items.length; item += 1) values[item] = isValid(item) ? Number(items[item]) : null;
  return values;
}

/** A text takes 16 bytes: its length, and up to 12 bytes in place. */
const TEXT_BYTES = 16;
const BYTES_IN_PLACE = 12;

/** Columns of few short texts, as names of members are, need each text once only. */
function textsOf(vector: DuckDBVector, view: DataView, isValid: Validity): PlainValue[] {
  const words = new Uint32Array(view.buffer, view.byteOffset, view.byteLength >> 2);
  const known: { readonly place: number; readonly text: PlainValue }[] = [];
  const values = new Array<PlainValue>(vector.itemCount);
  const isSame = (a: number, b: number) =>
    words[a] === words[b] && words[a + 1] === words[b + 1] && words[a + 2] === words[b + 2] && words[a + 3] === words[b + 3];
  for (let item = 0; item < values.length; item += 1) {
    if (!isValid(item)) {
      values[item] = null;
      continue;
    }
    const place = (item * TEXT_BYTES) >> 2;
    const isInPlace = (words[place] as number) <= BYTES_IN_PLACE;
    const held = isInPlace ? known.find((each) => isSame(each.place, place)) : undefined;
    const text = held ? held.text : plainValue(vector.getItem(item));
    if (isInPlace && !held && known.length < MOST_KNOWN) known.push({ place, text });
    values[item] = text;
  }
  return values;
}

/** Looking through more takes longer than reading the text anew. */
const MOST_KNOWN = 8;
