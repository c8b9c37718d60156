import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SqlValue } from '../../analytics/contract/sql.ts';
import { type MemoryWorkspace, memoryWorkspace } from '../support/memory-workspace.ts';

let workspace: MemoryWorkspace;

beforeAll(async () => {
  workspace = await memoryWorkspace();
});
afterAll(() => workspace.close());

async function given(text: string, params: Record<string, SqlValue>): Promise<unknown> {
  const [row] = await workspace.sql.rows<{ given: unknown }>({ text: `SELECT ${text} AS given`, params });
  return row?.given;
}

test.each<SqlValue>([
  "it's -- no /* comment */",
  '$value and $$',
  'a\0b',
  '{"a": "b\\"\n"}',
  '',
  0,
  -7,
  2 ** 40,
  0.1,
  1 / 3,
  -1.5e-300,
  1e300,
  true,
  false,
  null,
])('%j arrives as it was given', async (value) => {
  expect(await given('$value', { value })).toBe(value);
});

test('a value has the same type in a short and a long statement', async () => {
  const long = Array.from({ length: 500 }, (_, i) => `n${i}`);
  const typed = (list: readonly string[]) =>
    given("concat_ws(' ', typeof($text), typeof($whole), typeof($part), typeof($yes), typeof($list), len($list))", {
      ...{ text: 'a', whole: 1, part: 0.5, yes: true },
      list,
    });
  expect(await typed([])).toBe('VARCHAR INTEGER DOUBLE BOOLEAN VARCHAR[] 0');
  expect(await typed(["it's"])).toBe('VARCHAR INTEGER DOUBLE BOOLEAN VARCHAR[] 1');
  expect(await typed(long)).toBe('VARCHAR INTEGER DOUBLE BOOLEAN VARCHAR[] 500');
});

test('what only looks like a parameter stays: in texts, names and comments', async () => {
  const texts = `'$a' || $a || '''$a' || E'\\'$a' || $$ $a $$ || $tag$$a$tag$`;
  expect(await given(`${texts} /* $a */ -- $a\n`, { a: 'v' })).toBe("$av'$a'$a $a $a");
  const [row] = await workspace.sql.rows({ text: 'SELECT $a AS "$a", $ab AS b', params: { a: 'v', ab: 'w' } });
  expect(row).toEqual({ $a: 'v', b: 'w' });
});

test('a parameter without a value is refused', async () => {
  await expect(given('$a || $b', { a: 'v' })).rejects.toMatchObject({ code: 'sql-failed' });
});
