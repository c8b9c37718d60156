import { category, factTable, integer, text, timestamp } from '../definition.ts';

export const ticketState = factTable({
  name: 'ticket_state',
  title: 'Ticket states',
  grain: 'one stretch of one ticket in one state',
  key: ['ticket_id', 'seq'],
  happensAt: 'start_at',
  links: [{ column: 'ticket_id', table: 'support_ticket' }],
  columns: [
    text('ticket_id', 'Ticket number', { required: true, aliases: ['ticket', 'number', 'ticket number'] }),
    integer('seq', 'Order of the stretch within the ticket', { required: true, aliases: ['sequence', 'seq no'] }),
    category(
      'state',
      'What the ticket waited for',
      {
        active: ['open', 'new', 'in progress', 'work in progress'],
        wait_customer: ['pending', 'awaiting caller', 'awaiting user info', 'waiting on customer', 'wait customer'],
        wait_vendor: ['hold', 'on hold', 'awaiting vendor', 'wait vendor'],
        resolved: ['solved', 'closed'],
      },
      { required: true, aliases: ['status', 'incident state', 'hold reason'] },
    ),
    timestamp('start_at', 'When it began', { required: true, aliases: ['start', 'started at', 'from'] }),
    timestamp('end_at', 'When it ended; empty while it lasts', { aliases: ['end', 'ended at', 'to'] }),
  ],
  checks: [
    {
      code: 'end-before-start',
      sql: 'end_at IS NULL OR end_at >= start_at',
      message: 'The state ends before it starts; it pauses nothing.',
    },
  ],
});
