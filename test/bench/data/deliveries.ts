import type { Sql } from '../../../analytics/contract/sql.ts';
import { identifier } from '../../../analytics/tables/identifier.ts';
import { FIRST_DAY, type Size, SPAN_SECONDS } from '../sizes.ts';
import { made } from './status-log.ts';

/** A number from 0 to 1 that the row and a salt decide. */
const chance = (salt: number) => `(hash(i * 131 + ${salt}) % 10007 / 10007.0)`;
const pick = (values: readonly string[], salt: number) =>
  `[${values.map((value) => `'${value}'`).join(', ')}][1 + CAST(hash(i * 131 + ${salt}) % ${values.length} AS INTEGER)]`;
/** An instant `days` (SQL) after the row began; null where it lies after `ends`, the data's end. */
const after = (days: string) => {
  const moment = `began + to_seconds(CAST((${days}) * 86400 AS BIGINT))`;
  return `CASE WHEN ${moment} < ends THEN ${moment} END`;
};
const maybe = (condition: string, value: string) => `CASE WHEN ${condition} THEN ${value} END`;

const PLACE = `${pick(['NCV-01', 'NCV-02'], 1)} AS stream_id, ${pick(['residential', 'commercial', 'fleet'], 2)} AS segment,
  ${pick(['North', 'South', 'East', 'West'], 3)} AS region, ${pick(['Basic', 'Plus', 'Pro', 'Site'], 4)} AS product, ${pick(['web', 'partner', 'fair', 'referral'], 5)} AS channel,
  'crew ' || hash(i * 131 + 6) % 12 AS crew_id`;
const isWon = `${chance(10)} < 0.4`;

/** Leads and the tables that hang on them: how many rows a lead brings, and a row's columns. */
const TABLES: Readonly<Record<string, { readonly share: number; readonly columns: string }>> = {
  lead: {
    share: 1,
    columns: `'L' || i AS lead_id, ${PLACE}, began AS created_at, md5(CAST(i // 1.02 AS VARCHAR)) AS email_hash,
      ${maybe(`${chance(11)} < 0.7`, after(`${chance(12)} * 5`))} AS mql_at, ${maybe(`${chance(13)} < 0.5`, after(`${chance(12)} * 5 + ${chance(14)} * 9`))} AS sql_at,
      ${maybe(`${chance(15)} < 0.4`, after(`${chance(16)} * 60`))} AS converted_at, 'O' || i AS opportunity_id`,
  },
  opportunity: {
    share: 0.6,
    columns: `'O' || i AS opp_id, ${PLACE}, began AS created_at, ${after(`5 + ${chance(20)} * 60`)} AS decided_at,
      CASE WHEN ${isWon} THEN 'won' ELSE 'lost' END AS outcome, round(500 + ${chance(21)} * 9000, 2) AS amount_net, round(${chance(22)} * 3000, 2) AS gross_margin,
      ${maybe(isWon, after(`6 + ${chance(20)} * 60`))} AS signed_at, round(300 + ${chance(21)} * 5000, 2) AS one_off_net, 29.5 AS recurring_net_month, 24 AS term_months`,
  },
  quote: {
    share: 0.7,
    columns: `'Q' || i AS quote_id, 'O' || CAST(floor(i / 1.17) AS BIGINT) AS opp_id, 1 AS version, ${after(`1 + ${chance(30)} * 9`)} AS issued_at,
      ${maybe(`${chance(31)} < 0.5`, after(`10 + ${chance(32)} * 20`))} AS accepted_at, round(500 + ${chance(33)} * 9000, 2) AS amount_net,
      round(500 + ${chance(33)} * 9000 * (0.9 + ${chance(34)} / 5), 2) AS final_amount_net, ${after(`60 + ${chance(32)} * 20`)} AS invoiced_at, ${after(`${chance(36)}`)} AS site_assessment_at`,
  },
  work_order: {
    share: 0.4,
    columns: `'W' || i AS wo_id, ${PLACE}, 'S' || i % 20000 AS site_id, ${pick(['install', 'install', 'repair', 'maintenance'], 40)} AS kind, began AS created_at,
      ${after(`9 + ${chance(41)} * 40`)} AS completed_at, ${pick(['pass', 'pass', 'pass', 'fail'], 42)} AS inspection_first_result, 1 AS planned_visits`,
  },
  visit: {
    share: 0.5,
    columns: `'V' || i AS visit_id, 'W' || CAST(floor(i / 1.25) AS BIGINT) AS wo_id, 1 + i % 5 // 4 AS visit_no, ${after(`8 + ${chance(50)} * 30`)} AS first_sched_start, ${after(`8 + ${chance(50)} * 30`)} AS sched_start,
      ${after(`8 + ${chance(50)} * 30 + ${chance(51)} / 12`)} AS actual_start, ${after(`8.1 + ${chance(50)} * 30 + ${chance(51)} / 12`)} AS actual_end, 2 AS crew_size,
      ${pick(['completed', 'completed', 'completed', 'incomplete'], 52)} AS outcome, CAST(hash(i * 7) % 3 AS INTEGER) AS resched_count`,
  },
  activation_step: {
    share: 0.8,
    columns: `'A' || i // 4 AS asset_id, 'J' || i // 4 AS case_id, ['commission', 'network_active', 'platform_active', 'account'][1 + i % 4] AS step, 1 AS attempt_no, true AS required,
      ${pick(['pass', 'pass', 'pass', 'fail'], 60)} AS result, ${after(`20 + ${chance(61)} * 9`)} AS done_at`,
  },
  survey_response: {
    share: 0.3,
    columns: `'R' || i AS survey_id, ${PLACE}, ${pick(['onboarding', 'post_install', 'support'], 70)} AS touchpoint, began AS sent_at,
      ${after(`${chance(71)} * 9`)} AS responded_at, 1 + hash(i * 3) % 5 AS score, 'csat' AS instrument`,
  },
  support_ticket: {
    share: 0.5,
    columns: `'T' || i AS ticket_id, ${PLACE}, began AS opened_at, ${after(`${chance(80)} * 6`)} AS resolved_at, ${pick(['p1', 'p2', 'p3', 'p4'], 81)} AS priority, CAST(hash(i * 5) % 2 AS INTEGER) AS reopen_count`,
  },
  ticket_state: {
    share: 1,
    columns: `'T' || i // 2 AS ticket_id, 1 + i % 2 AS seq, ['active', 'wait_customer'][1 + i % 2] AS state, began + to_hours(CAST(i % 2 * 9 AS INTEGER)) AS start_at, ${after(`0.3 + i % 2`)} AS end_at`,
  },
  service_term: {
    share: 0.3,
    columns: `'E' || i AS term_id, 'C' || i AS customer_id, ${PLACE}, began AS start_at, ${maybe(`${chance(90)} < 0.3`, after(`30 + ${chance(91)} * 600`))} AS end_at,
      ${pick(['voluntary', 'nonpay', 'moved'], 92)} AS end_reason`,
  },
  stage_event: {
    share: 1.5,
    columns: `'J' || i // 3 AS case_id, 'NCV-01.' || 1 + i % 3 AS stage_id, 1 AS visit_no, began AS entered_at, ${after(`${chance(95)} * 20`)} AS exited_at, 'passed' AS outcome`,
  },
  marketing_spend: {
    share: 0.01,
    columns: `'M' || i AS spend_id, ${pick(['NCV-01', 'NCV-02'], 1)} AS stream_id, CAST(began AS DATE) AS period_start, ${pick(['web', 'partner', 'fair', 'referral'], 5)} AS channel, round(${chance(97)} * 900, 2) AS amount`,
  },
  resource_day: {
    share: 0.05,
    columns: `'X' || i % 400 AS resource_id, ${pick(['NCV-01', 'NCV-02'], 1)} AS stream_id, DATE '2024-01-01' + CAST(i // 400 % 731 AS INTEGER) AS work_date, 8 AS available_h, 5.5 AS work_h, 1.25 AS travel_h`,
  },
};

/** Fills the tables by the database itself, as if one file had brought all rows; `began` of a row moves through the two years. */
export async function fillDeliveries(sql: Sql, { leads }: Size): Promise<void> {
  for (const [table, { share, columns }] of Object.entries(TABLES)) {
    const rows = Math.max(1, Math.round(leads * share));
    const began = `TIMESTAMP '2024-01-01' + to_seconds(CAST(floor(i * ${SPAN_SECONDS - 86_400} / ${rows}.0) AS BIGINT))`;
    await sql.run({
      text: `INSERT INTO ${identifier(table)} BY NAME SELECT ${columns}, 'bench' AS source_system, 1 AS batch_id, 1 AS file_id, i + 2 AS line
        FROM (SELECT i, ${began} AS began, TIMESTAMP '2026-01-01' AS ends FROM range(${rows}) AS r(i))`,
    });
  }
}

/** The tables of which a day brings rows that come one by one; what is written down by day or month comes otherwise. */
const DAILY = [
  'lead',
  'opportunity',
  'quote',
  'work_order',
  'visit',
  'activation_step',
  'survey_response',
  'support_ticket',
  'ticket_state',
];
const DAYS = SPAN_SECONDS / 86_400;

/** Files of what the day `turn` days after the data's end brings of each table, a day's share of its rows, with the table of each. */
export async function dayOfDeliveries(
  { leads }: Size,
  turn: number,
): Promise<{ readonly table: string; readonly file: string }[]> {
  const files: { readonly table: string; readonly file: string }[] = [];
  for (const table of DAILY) {
    const { share, columns } = TABLES[table] ?? { share: 0, columns: '' };
    const [rows, ofDay] = [Math.round(leads * share), Math.ceil((leads * share) / DAYS)];
    const midnight = (day: number) =>
      `TIMESTAMP '${new Date(FIRST_DAY + (SPAN_SECONDS + day * 86_400) * 1000).toISOString().slice(0, 19)}'`;
    const began = `${midnight(turn)} + to_seconds(CAST(floor((i - ${rows + turn * ofDay}) * 86399 / ${ofDay}.0) AS BIGINT))`;
    const each = `SELECT ${columns} FROM (
      SELECT i, ${began} AS began, ${midnight(turn + 1)} AS ends FROM range(${rows + turn * ofDay}, ${rows + (turn + 1) * ofDay}) AS r(i))`;
    files.push({ table, file: await made(`day-of-${table}-${leads}-${turn}.csv`, each) });
  }
  return files;
}
