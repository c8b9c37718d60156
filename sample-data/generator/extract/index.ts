import type { World } from '../records.ts';
import { crmExtracts } from './crm.ts';
import type { Extract } from './csv.ts';
import { fieldServiceExtracts } from './field-service.ts';
import { serviceExtracts } from './service.ts';
import { telemetryExtracts } from './telemetry.ts';

/** Every extract file of a world, in an order in which links can be followed. */
export function makeExtracts(world: World): Extract[] {
  const all = [...crmExtracts(world), ...serviceExtracts(world), ...fieldServiceExtracts(world), ...telemetryExtracts(world)];
  const rank = new Map(ORDER.map((table, index) => [table, index]));
  return all.sort((a, b) => (rank.get(a.table) ?? 99) - (rank.get(b.table) ?? 99));
}

const ORDER = [
  'customer',
  'journey_case',
  'stage_event',
  'marketing_spend',
  'lead',
  'opportunity',
  'quote',
  'work_order',
  'visit',
  'resource_day',
  'safety_incident',
  'asset',
  'activation_step',
  'survey_response',
  'support_ticket',
  'ticket_state',
  'device_event',
  'device_exclusion',
  'service_term',
];
