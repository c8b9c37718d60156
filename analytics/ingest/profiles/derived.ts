import type { ImportFinding } from '../../contract/import-report.ts';
import type { Sql } from '../../contract/sql.ts';
import { identifier, literal } from '../../tables/identifier.ts';
import { counted, examples, finding } from '../finding.ts';
import { foldHeader } from '../matching/fold-header.ts';
import type { DerivedColumn, SourceProfile } from './source-profile.ts';

/** A column to add to a file's rows: its header, and its text as SQL over a row of text. */
export interface AddedColumn {
  readonly header: string;
  readonly text: string;
  /** The position of the JSON it is taken from; null where it is not. */
  readonly payload: number | null;
  /** Positions of the headers it is made of. */
  readonly made: readonly number[];
}

const DERIVED = 'ingest_derived';

/** The columns that the profile makes of those of the file, where the file has what they need and no header of their name. */
export function derivedColumns(headers: readonly string[], profile: SourceProfile, table: string | null): AddedColumn[] {
  const wanted = Object.entries((table === null ? undefined : profile.tables[table]?.derived) ?? {});
  const folded = headers.map(foldHeader);
  const at = (header: string) => folded.indexOf(foldHeader(header));
  const opened = openedObjects(headers);
  return wanted.flatMap(([name, column]) => {
    const made = new Set<number>();
    const noted = (header: string) => {
      const position = at(header);
      if (position !== -1) made.add(position);
      return position;
    };
    const text = at(name) === -1 ? derivedText(column, noted, opened) : null;
    const payload = 'from' in column ? (column.from.map(at).find((position) => position !== -1) ?? null) : null;
    return text === null ? [] : [{ header: name, text, payload, made: [...made] }];
  });
}

/** The rows of `relation` with `added` after their `width` cells. */
export async function withDerived(sql: Sql, relation: string, width: number, added: readonly AddedColumn[]): Promise<string> {
  if (added.length === 0) return relation;
  const cells = added.map((column, index) => `${column.text} AS ${identifier(`c${width + index}`)}`);
  await sql.run({ text: `CREATE OR REPLACE TEMP TABLE ${DERIVED} AS SELECT r.*, ${cells.join(', ')} FROM ${relation} r` });
  return DERIVED;
}

/** Says of cells that columns are made of and that are no JSON, whose row goes in without what they say. */
export async function payloadFindings(
  sql: Sql,
  relation: string,
  { headers, added }: { readonly headers: readonly string[]; readonly added: readonly AddedColumn[] },
): Promise<ImportFinding[]> {
  const positions = [...new Set(added.flatMap(({ payload }) => (payload === null ? [] : [payload])))];
  const found: ImportFinding[] = [];
  for (const position of positions) {
    const broken = `c${position} IS NOT NULL AND NOT json_valid(c${position})`;
    const [row] = await sql.rows<{ count: number; line: number | null; example: string | null }>({
      text: `SELECT count(*) AS count, min(line) AS line, arg_min(c${position}, line) AS example FROM ${relation} WHERE ${broken}`,
    });
    if (!row || row.count === 0) continue;
    const header = headers[position] ?? '';
    const message = `${counted(row.count, 'cell')} of ${header} ${row.count === 1 ? 'is' : 'are'} no JSON, for example ${examples([row.example ?? ''])} on line ${row.line}; what ${row.count === 1 ? 'it says' : 'they say'} was not read.`;
    found.push(
      finding('payload-unreadable', header, row.count, { message, fix: 'Export the messages whole and import the file again.' }),
    );
  }
  return found;
}

/** The names, folded, of JSON objects whose fields are columns of their own, as in JSON lines: `payload` of `payload.status`. */
export function openedObjects(headers: readonly string[]): ReadonlySet<string> {
  return new Set(headers.flatMap((header) => (header.includes('.') ? [foldHeader(header.slice(0, header.indexOf('.')))] : [])));
}

function derivedText(column: DerivedColumn, at: (header: string) => number, opened: ReadonlySet<string>): string | null {
  if ('value' in column) return literal(column.value);
  if ('from' in column) {
    const [payload] = column.from.map(at).filter((position) => position !== -1);
    if (payload === undefined && !column.from.some((object) => opened.has(foldHeader(object)))) return null;
    const [other] = column.else.map(at).filter((position) => position !== -1);
    const found = payload === undefined ? openedFields(column, at) : fieldsWithin(payload, column.path);
    const texts = [...found, ...(other === undefined ? [] : [`r.c${other}`])];
    return texts.length === 0 ? null : `coalesce(${texts.join(', ')}, NULL)`;
  }
  if (column.join.some((header) => at(header) === -1)) return null;
  const parts = column.join.map((header) => {
    const cell = `trim(r.c${at(header)})`;
    return column.clock.includes(header) ? clockText(cell) : cell;
  });
  return `nullif(trim(concat_ws(${literal(column.with)}, ${parts.map((part) => `nullif(${part}, '')`).join(', ')})), '')`;
}

function fieldsWithin(payload: number, paths: readonly string[]): string[] {
  const valid = `CASE WHEN json_valid(r.c${payload}) THEN r.c${payload} END`;
  return paths.map((path) => `json_extract_string(${valid}, ${literal(path)})`);
}

/** The fields of a JSON object that are columns of their own, as in JSON lines: `payload.status` for `$.status` of `payload`. */
function openedFields(
  { from, path }: { readonly from: readonly string[]; readonly path: readonly string[] },
  at: (header: string) => number,
): string[] {
  const names = from.flatMap((object) => path.flatMap((each) => (each.startsWith('$.') ? [`${object}${each.slice(1)}`] : [])));
  return names
    .map(at)
    .filter((position) => position !== -1)
    .map((position) => `r.c${position}`);
}

/** A time of day that lost its colon and zeros, as spreadsheets leave it: `5` is 00:05, `1430` is 14:30. */
function clockText(cell: string): string {
  const digits = `regexp_replace(${cell}, '\\.0$', '')`;
  return `CASE WHEN regexp_full_match(${digits}, '\\d{1,4}') THEN regexp_replace(lpad(${digits}, 4, '0'), '(..)(..)', '\\1:\\2') ELSE ${cell} END`;
}
