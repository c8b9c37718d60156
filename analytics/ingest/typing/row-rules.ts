import type { ImportFinding } from '../../contract/import-report.ts';
import type { Sql } from '../../contract/sql.ts';
import { identifier, literal } from '../../tables/identifier.ts';
import { counted, finding } from '../finding.ts';
import { foldHeader } from '../matching/fold-header.ts';
import { type ColumnPlan, trimmed } from './cell.ts';
import type { Trouble, TypingRequest } from './typed-rows.ts';

/** What a value becomes because of the rest of its row: SQL over the typed row, and the text to keep beside the row where it goes. */
export interface RowRule {
  readonly column: string;
  readonly value: string;
  readonly kept: { readonly position: number; readonly text: string } | null;
  /** Rows it applies to, as SQL over a row of text. */
  readonly applies: string;
  say(count: number): ImportFinding;
}

/** While a deal is open, its source's date of decision is a forecast that moves. */
const FORECASTS: Readonly<Record<string, { readonly column: string; readonly state: string; readonly open: string }>> = {
  opportunity: { column: 'decided_at', state: 'outcome', open: 'open' },
};

const DELETED_HEADERS = new Set(['isdeleted', 'deleted', 'fivetrandeleted', 'isdeletedflag']);
const YES = "('true', '1', 'yes', 'y', 't')";
/** Rows merged into others are deleted in their source and still count for what they repeat. */
const MERGED_INTO: Readonly<Record<string, string>> = { lead: 'is_duplicate_of', support_ticket: 'merged_into' };

/** The rules that apply to a file with these columns. */
export function rowRules(request: TypingRequest, plans: readonly ColumnPlan[]): RowRule[] {
  const { table } = request.match;
  const planOf = (name: string) => plans.find((each) => each.name === name);
  const rules: RowRule[] = [];
  const forecast = FORECASTS[table.name];
  const [decided, state] = [planOf(forecast?.column ?? ''), planOf(forecast?.state ?? '')];
  const isForecast = forecast && decided && state ? `(${state.value}) = ${literal(forecast.open)}` : null;
  if (forecast && decided && isForecast !== null) {
    rules.push({
      column: forecast.column,
      value: `CASE WHEN ${identifier(forecast.state)} = ${literal(forecast.open)} THEN NULL ELSE ${identifier(forecast.column)} END`,
      kept: { position: decided.position, text: `CASE WHEN ${isForecast} THEN ${decided.cell} END` },
      applies: `${isForecast} AND (${decided.value}) IS NOT NULL`,
      say: (count) => forecastFinding(decided.header, count),
    });
  }
  for (const { name, since } of table.columns) {
    const [own, start] = [planOf(name), planOf(since ?? '')];
    if (own?.twice && start) rules.push(secondTimeRule(own, own.twice, start));
    if (!own?.dayOnly || !start || since === null) continue;
    const rule = sameDayRule(own, start);
    rules.push(name === forecast?.column && isForecast ? { ...rule, applies: `${rule.applies} AND NOT (${isForecast})` } : rule);
  }
  return rules;
}

/** The stored value of a column after the rules for it, given its value as SQL over the typed row. */
export function ruledValue(name: string, value: string, rules: readonly RowRule[]): string {
  return (
    rules
      .filter((rule) => rule.column === name)
      // A function, for in a text `$'` would stand for what follows.
      .reduceRight((inner, rule) => rule.value.replaceAll(identifier(name), () => `(${inner})`), value)
  );
}

/** True where values may hang on the rest of their row, so that a file cannot be typed column by column. */
export function mayHaveRules({ headers, match }: Pick<TypingRequest, 'headers' | 'match'>): boolean {
  const forecast = FORECASTS[match.table.name];
  const forecasts = forecast !== undefined && match.columns.has(forecast.column) && match.columns.has(forecast.state);
  return forecasts || headers.some((header) => DELETED_HEADERS.has(foldHeader(header)));
}

/** How often each rule applies. */
export async function ruleFindings(sql: Sql, request: TypingRequest, rules: readonly RowRule[]): Promise<ImportFinding[]> {
  if (rules.length === 0) return [];
  const [row] = await sql.rows<Record<string, number>>({
    text: `SELECT ${rules.map((rule, index) => `count(*) FILTER (${rule.applies}) AS n${index}`).join(', ')} FROM ${request.relation} r`,
  });
  return rules.flatMap((rule, index) => {
    const count = row?.[`n${index}`] ?? 0;
    return count === 0 ? [] : [rule.say(count)];
  });
}

/** Rows that their source marks as deleted: an export may carry them, and they are no longer anything's record. */
export function deletedRows(request: TypingRequest): Trouble[] {
  const { headers, match } = request;
  const used = new Set(match.columns.values());
  const merged = MERGED_INTO[match.table.name];
  const alive = merged && match.columns.has(merged) ? ` AND ${identifier(merged)} IS NULL` : '';
  return headers.flatMap((header, position) => {
    if (used.has(position) || !DELETED_HEADERS.has(foldHeader(header))) return [];
    const when = `(lower(${trimmed(position)}) IN ${YES}${alive})`;
    return [{ header, when, reason: literal(`The row is marked as deleted in its source (${header}).`), noRecord: true }];
  });
}

/** A day without a time on the day of the beginning is no time before it. */
function sameDayRule(own: ColumnPlan, start: ColumnPlan): RowRule {
  const within = (value: string, from: string) => `${own.dayOnly} AND ${value} < ${from} AND ${value} + INTERVAL 1 DAY > ${from}`;
  const column = identifier(own.name);
  return {
    column: own.name,
    value: `CASE WHEN ${within(column, identifier(start.name))} THEN ${identifier(start.name)} ELSE ${column} END`,
    kept: null,
    applies: within(`(${own.value})`, `(${start.value})`),
    say(count) {
      const message = `${counted(count, 'day')} of ${own.header} without a time ${count === 1 ? 'is' : 'are'} the day of ${start.header}; the time of ${start.header} was taken, for nothing can end before it begins.`;
      return finding('day-of-start', own.header, count, { message });
    },
  };
}

/** A local time that occurs twice, and would lie before its beginning the first time, is the second. */
function secondTimeRule(own: ColumnPlan, { is, later }: NonNullable<ColumnPlan['twice']>, start: ColumnPlan): RowRule {
  const second = (value: string) => `${value} + to_seconds(${later})`;
  const applies = (value: string, from: string) => `${is} AND ${value} < ${from} AND ${second(value)} >= ${from}`;
  const column = identifier(own.name);
  return {
    column: own.name,
    value: `CASE WHEN ${applies(column, identifier(start.name))} THEN ${second(column)} ELSE ${column} END`,
    kept: null,
    applies: applies(`(${own.value})`, `(${start.value})`),
    say(count) {
      const message = `${counted(count, 'time')} of ${own.header} that occurred twice as the clocks went back ${count === 1 ? 'was' : 'were'} taken the second time, for the first lies before ${start.header}.`;
      return finding('second-time', own.header, count, { message });
    },
  };
}

function forecastFinding(header: string, count: number): ImportFinding {
  const message = `${counted(count, 'open deal')} ${count === 1 ? 'has' : 'have'} a ${header}: while a deal is open that is a forecast, no day of decision; it is kept beside the row.`;
  return finding('forecast-date', header, count, { message });
}
