import type { TableDefinition } from './definition.ts';
import { activationStep } from './delivery/activation-step.ts';
import { resourceDay } from './delivery/resource-day.ts';
import { safetyIncident } from './delivery/safety-incident.ts';
import { visit } from './delivery/visit.ts';
import { workOrder } from './delivery/work-order.ts';
import { identifier, literal } from './identifier.ts';
import { customer } from './journey/customer.ts';
import { journeyCase } from './journey/journey-case.ts';
import { stageEvent } from './journey/stage-event.ts';
import { lead } from './sales/lead.ts';
import { marketingSpend } from './sales/marketing-spend.ts';
import { opportunity } from './sales/opportunity.ts';
import { quote } from './sales/quote.ts';
import { serviceTerm } from './service/service-term.ts';
import { supportTicket } from './service/support-ticket.ts';
import { surveyResponse } from './service/survey-response.ts';
import { ticketState } from './service/ticket-state.ts';
import { columnType } from './stored-type.ts';
import { asset } from './telemetry/asset.ts';
import { deviceEvent } from './telemetry/device-event.ts';
import { deviceExclusion } from './telemetry/device-exclusion.ts';
import { deviceState } from './telemetry/device-state.ts';
import { portDay } from './telemetry/port-day.ts';
import { portMonth } from './telemetry/port-month.ts';
import { portState } from './telemetry/port-state.ts';

/** Every canonical table, in the order in which links can be followed. */
export const TABLES: readonly TableDefinition[] = [
  customer,
  journeyCase,
  stageEvent,
  marketingSpend,
  lead,
  opportunity,
  quote,
  workOrder,
  visit,
  resourceDay,
  safetyIncident,
  asset,
  activationStep,
  surveyResponse,
  supportTicket,
  ticketState,
  deviceEvent,
  deviceState,
  deviceExclusion,
  serviceTerm,
];

/** Tables the engine derives itself; metrics read them like any other, but nothing is imported into them. */
export const DERIVED_TABLES: readonly TableDefinition[] = [portState, portDay, portMonth];

const byName = new Map([...TABLES, ...DERIVED_TABLES].map((table) => [table.name, table] as const));

/** Whether the engine derives the table called `name` itself. */
export function isDerived(name: string): boolean {
  return DERIVED_TABLES.some((each) => each.name === name);
}

/** The definition of the canonical or derived table called `name`, or `null` where there is none. */
export function tableNamed(name: string): TableDefinition | null {
  return byName.get(name) ?? null;
}

/**
 * The columns every canonical table has besides its own: where the row came from, when its source last changed it, and a
 * JSON object of the source columns Weir does not know. Beside them stands `source_key`, which {@link keyOf} works out.
 */
export const PROVENANCE_COLUMNS = [
  ['source_system', 'VARCHAR NOT NULL'],
  ['batch_id', 'INTEGER NOT NULL'],
  ['file_id', 'INTEGER NOT NULL'],
  ['line', 'BIGINT NOT NULL'],
  ['updated_at_src', 'TIMESTAMP'],
  ['extra', 'VARCHAR'],
] as const;

/** The columns that are stored of a row of a canonical table, its own and then those of {@link PROVENANCE_COLUMNS}, as SQL spells their types. */
export function rowColumns(table: TableDefinition): { readonly name: string; readonly type: string }[] {
  return [
    ...table.columns.map((column) => ({ name: column.name, type: columnType(table, column) })),
    ...PROVENANCE_COLUMNS.map(([name, type]) => ({ name, type: type.replace(' NOT NULL', '') })),
  ];
}

/** What joins the parts of a composite natural key in `source_key`. */
export const KEY_SEPARATOR = '|';

/** SQL for the natural key of a row as text; `has` says which columns of the key it has, all where left out. One call, for it is worked out often. */
export function keyOf(table: TableDefinition, has: (column: string) => boolean = () => true): string {
  const parts = table.key.map((name) => (has(name) ? identifier(name) : "''"));
  return `concat(${parts.join(`, ${literal(KEY_SEPARATOR)}, `)})`;
}
