import type { World } from '../records.ts';
import { byTime } from './crm.ts';
import { day, type Extract, extractOf, instant } from './csv.ts';

const PRIORITY = { 1: '1 - Critical', 2: '2 - High', 3: '3 - Moderate', 4: '4 - Low' } as const;
const STATE = {
  active: 'In Progress',
  wait_customer: 'Awaiting Caller',
  wait_vendor: 'Awaiting Vendor',
  resolved: 'Resolved',
} as const;

/** Tickets and their states, surveys, subscriptions, spend and the journeys of the workflow system. */
export function serviceExtracts(world: World): Extract[] {
  const { tickets, ticketStates, surveys, terms, spend, cases, stageEvents } = world;
  return [
    extractOf(
      { file: 'workflow_journey.csv.gz', table: 'journey_case', system: 'Workflow' },
      byTime(cases, (row) => row.openedAt),
      [
        ['journey_id', (row) => row.id],
        ['value_stream', (row) => row.stream],
        ['account_id', (row) => row.customer],
        ['customer_segment', (row) => row.segment],
        ['region', (row) => row.region],
        ['product', (row) => row.product],
        ['channel', (row) => row.channel],
        ['installer_crew', (row) => row.crew],
        ['opened_at', (row) => instant(row.openedAt)],
        ['closed_at', (row) => instant(row.closedAt)],
        ['outcome', (row) => row.outcome],
      ],
    ),
    extractOf(
      { file: 'workflow_stage_event.csv.gz', table: 'stage_event', system: 'Workflow' },
      byTime(stageEvents, (row) => row.enteredAt),
      [
        ['journey_id', (row) => row.caseId],
        ['stage_id', (row) => row.stage],
        ['visit_no', (row) => row.visit],
        ['entered_at', (row) => instant(row.enteredAt)],
        ['exited_at', (row) => instant(row.exitedAt)],
        ['outcome', (row) => row.outcome],
        ['reason', (row) => row.reason],
        ['source', (row) => row.source],
      ],
    ),
    extractOf({ file: 'marketing_spend.csv.gz', table: 'marketing_spend', system: 'Marketing' }, spend, [
      ['line_id', (row) => row.id],
      ['value_stream', (row) => row.stream],
      ['period_start', (row) => day(row.firstDay)],
      ['period_end', (row) => day(row.lastDay)],
      ['campaign', (row) => row.campaign],
      ['channel', (row) => row.channel],
      ['segment', (row) => row.segment],
      ['region', (row) => row.region],
      ['cost', (row) => row.amount],
      ['currency', () => 'USD'],
      ['basis', () => 'accrual'],
    ]),
    extractOf(
      { file: 'itsm_ticket.csv.gz', table: 'support_ticket', system: 'Ticket system' },
      byTime(tickets, (row) => row.openedAt),
      [
        ['number', (row) => row.id],
        ['journey_id', (row) => row.caseId],
        ['cmdb_ci', (row) => row.asset],
        ['opened_at', (row) => instant(row.openedAt)],
        ['resolved_at', (row) => instant(row.resolvedAt)],
        ['closed_at', (row) => instant(row.closedAt)],
        ['priority', (row) => PRIORITY[row.priority]],
        ['category', (row) => row.category],
        ['contact_type', (row) => row.contact],
        ['schedule', (row) => row.calendar],
        ['reopen_count', (row) => row.reopened],
        ['parent', (row) => row.mergedInto],
        ['spam', (row) => row.spam],
      ],
    ),
    extractOf(
      { file: 'itsm_ticket_state.csv.gz', table: 'ticket_state', system: 'Ticket system' },
      byTime(ticketStates, (row) => row.from),
      [
        ['ticket', (row) => row.ticket],
        ['sequence', (row) => row.seq],
        ['state', (row) => STATE[row.state]],
        ['started_at', (row) => instant(row.from)],
        ['ended_at', (row) => instant(row.to)],
      ],
    ),
    extractOf(
      { file: 'survey_response.csv.gz', table: 'survey_response', system: 'Survey tool' },
      byTime(surveys, (row) => row.sentAt),
      [
        ['response_id', (row) => row.id],
        ['journey_id', (row) => row.caseId],
        ['account_id', (row) => row.customer],
        ['survey_type', (row) => row.touchpoint],
        ['sent_at', (row) => instant(row.sentAt)],
        ['submitted_at', (row) => instant(row.respondedAt)],
        ['rating', (row) => row.score],
        ['scale_min', (row) => row.scaleMin],
        ['scale_max', (row) => row.scaleMax],
        ['question_type', (row) => row.instrument],
      ],
    ),
    extractOf(
      { file: 'subscription.csv.gz', table: 'service_term', system: 'Billing' },
      byTime(terms, (row) => row.startAt),
      [
        ['subscription_id', (row) => row.id],
        ['account_id', (row) => row.customer],
        ['journey_id', (row) => row.caseId],
        ['product', (row) => row.product],
        ['start_at', (row) => instant(row.startAt)],
        ['end_at', (row) => instant(row.endAt)],
        ['churn_reason', (row) => row.endReason],
        ['observed_from', (row) => instant(row.observedFrom)],
      ],
    ),
  ];
}
