import type { SqlStatement, SqlValue } from '../contract/sql.ts';
import { literal } from '../tables/identifier.ts';

/** Longer lists are handed over beside the statement: each of their texts would have to be parsed. */
const LONGEST_LIST = 200;

/** What stands in a statement: texts, names and comments of every form, in which no parameter can be, and parameters. */
const TOKEN =
  /[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\w*)\$[\s\S]*?\$\1\$|\$(\w+)/g;

/**
 * A statement with the values of its parameters spelt out in its text; null where one cannot be. The database plans a
 * statement with parameters twice, before it knows their values and after.
 */
export function speltOut({ text, params = {} }: SqlStatement): string | null {
  if (!Object.values(params).every(canBeSpelt)) return null;
  return text.replace(TOKEN, (token, _tag: string | undefined, name: string | undefined) => {
    const value = name === undefined ? undefined : params[name];
    return value === undefined ? token : spelt(value);
  });
}

/** A statement ends where a character of code 0 stands, even within a text. */
function canBeSpelt(value: SqlValue): boolean {
  const texts = typeof value === 'string' ? [value] : Array.isArray(value) ? value : [];
  return texts.length <= LONGEST_LIST && !texts.some((text) => text.includes('\0'));
}

/** A value as the text of one, of the type with which it would be handed over. */
function spelt(value: SqlValue): string {
  if (value === null) return 'NULL';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return literal(value);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : `CAST('${value}' AS DOUBLE)`;
  return `CAST([${value.map(literal).join(', ')}] AS VARCHAR[])`;
}
