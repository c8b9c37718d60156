import { boolean, category, factTable, integer, text, timestamp } from '../definition.ts';

export const supportTicket = factTable({
  name: 'support_ticket',
  title: 'Support tickets',
  grain: 'one ticket',
  key: ['ticket_id'],
  happensAt: 'opened_at',
  links: [
    { column: 'case_id', table: 'journey_case' },
    { column: 'asset_id', table: 'asset' },
  ],
  columns: [
    text('ticket_id', 'Ticket number', {
      required: true,
      aliases: ['id', 'number', 'ticket', 'incident number', 'ticket number'],
    }),
    text('case_id', 'Journey of the customer', { aliases: ['case', 'journey id'] }),
    text('asset_id', 'Device or charger', { aliases: ['asset', 'configuration item', 'cmdb_ci'] }),
    timestamp('opened_at', 'When it was opened', {
      required: true,
      aliases: ['opened', 'created_at', 'created at', 'sys_created_on', 'created'],
    }),
    timestamp('resolved_at', 'When it was resolved for good', {
      since: 'opened_at',
      aliases: ['resolved', 'solved at', 'solved_at'],
    }),
    timestamp('closed_at', 'When it was closed', { since: 'opened_at', aliases: ['closed'] }),
    category('priority', 'Priority', {
      p1: ['1', '1 - critical', 'critical', 'urgent'],
      p2: ['2', '2 - high', 'high'],
      p3: ['3', '3 - moderate', 'moderate', 'normal', 'medium'],
      p4: ['4', '4 - low', 'low', '5', '5 - planning'],
    }),
    text('category', 'What it is about', { aliases: ['type', 'topic'] }),
    text('channel', 'How the customer reached support', { aliases: ['contact type', 'via_channel', 'via channel'] }),
    text('calendar_id', 'Support calendar whose clock runs; empty means default', { aliases: ['calendar', 'schedule'] }),
    integer('reopen_count', 'How often it was reopened', { aliases: ['reopens'], range: [0, null] }),
    text('merged_into', 'The ticket it was merged into', { aliases: ['merged into', 'parent'] }),
    boolean('is_spam', 'Whether it is spam or deleted', { aliases: ['spam', 'deleted'] }),
  ],
  checks: [
    {
      code: 'resolved-before-opened',
      sql: 'resolved_at IS NULL OR resolved_at >= opened_at',
      message: 'The ticket is resolved before it was opened; it is left out of durations.',
    },
  ],
});
