import { WeirError } from '../../contract/errors.ts';
import { headerLabel } from '../../contract/file-choices.ts';
import type { TableDefinition } from '../../tables/definition.ts';
import { type ColumnMatch, type ExtraAliases, isMarginal, matchColumns } from './match-columns.ts';

/** What a user said of headers: position to the column it fills, null where its cells are kept beside the row. */
export type ToldColumns = ReadonlyMap<number, string | null>;

export const UPDATE_COLUMN = 'updated_at_src';
const NOTHING_TOLD: ToldColumns = new Map();

/** What was said of the columns of a file by their labels, by position. Refuses a header that the file does not have. */
export function toldColumns(
  file: string,
  headers: readonly string[],
  columns: Readonly<Record<string, { readonly column?: string | null | undefined }>> | undefined,
): ToldColumns {
  const said = Object.entries(columns ?? {});
  if (said.length === 0) return NOTHING_TOLD;
  const labels = headers.map((_, position) => headerLabel(headers, position));
  const told = new Map<number, string | null>();
  for (const [header, { column }] of said) {
    const position = labels.indexOf(header);
    if (position === -1) throw new WeirError('header-unknown', { file, header, known: labels.slice(0, 60).join(', ') });
    if (column !== undefined) told.set(position, column);
  }
  return told;
}

/** {@link matchColumns} where a user said of some headers what they fill: these go before every name, and their columns to no other header. */
export function matchTold(
  table: TableDefinition,
  headers: readonly string[],
  { aliases, told }: { readonly aliases: ExtraAliases | null; readonly told: ToldColumns },
): ColumnMatch {
  if (told.size === 0) return matchColumns(table, headers, aliases);
  const known = new Set(table.columns.map((column) => column.name));
  const fills = [...told].flatMap(([position, column]) => (column !== null && known.has(column) ? [{ position, column }] : []));
  const found = matchColumns(
    table,
    headers.map((header, position) => (told.has(position) ? '' : header)),
    { ...aliases, ...Object.fromEntries(fills.map(({ column }) => [column, []])) },
  );
  const columns = new Map([...found.columns, ...fills.map(({ column, position }) => [column, position] as const)]);
  const updatedAt = [...told].find(([, column]) => column === UPDATE_COLUMN)?.[0] ?? found.updatedAt;
  const taken = new Set([...columns.values(), ...(updatedAt === null ? [] : [updatedAt])]);
  return {
    ...found,
    columns,
    updatedAt,
    unknown: headers.flatMap((header, position) =>
      taken.has(position) || (isMarginal(header) && !told.has(position)) ? [] : [position],
    ),
    missing: table.columns.filter((column) => column.required && !columns.has(column.name)),
    score: found.score + fills.length,
  };
}

/** Refuses a column that the table does not have, and one that two headers are said to fill. */
export function refuseMistold({ table }: ColumnMatch, headers: readonly string[], told: ToldColumns): void {
  const known = [...table.columns.map((column) => column.name), UPDATE_COLUMN];
  const filled = new Map<string, number>();
  for (const [position, column] of told) {
    if (column === null) continue;
    if (!known.includes(column)) {
      throw new WeirError('column-unknown', { table: table.name, column, known: known.join(', ') });
    }
    const other = filled.get(column);
    if (other !== undefined) {
      const both = `${headerLabel(headers, other)} and ${headerLabel(headers, position)}`;
      throw new WeirError('bad-request', { reason: `${both} are both said to fill ${column}. Keep one of them beside the row.` });
    }
    filled.set(column, position);
  }
}
