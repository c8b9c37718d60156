import { addressTable, category, text, timestamp } from '../definition.ts';

export const serviceTerm = addressTable({
  name: 'service_term',
  title: 'Subscriptions',
  grain: 'one unbroken subscription of one customer',
  key: ['term_id'],
  happensAt: 'start_at',
  links: [
    { column: 'case_id', table: 'journey_case' },
    { column: 'customer_id', table: 'customer' },
  ],
  columns: [
    text('term_id', 'Id of the subscription', { required: true, aliases: ['id', 'subscription id', 'contract number'] }),
    text('customer_id', 'Account id', { required: true, aliases: ['account id', 'accountid', 'customer'] }),
    text('case_id', 'Journey it came from', { aliases: ['case', 'journey id'] }),
    timestamp('start_at', 'When it began', {
      required: true,
      aliases: ['start', 'start date', 'activated date', 'activateddate'],
    }),
    timestamp('end_at', 'When it ended; empty while it lasts', {
      since: 'start_at',
      aliases: ['end', 'end date', 'churn date', 'cancel date'],
    }),
    category(
      'end_reason',
      'Why it ended',
      {
        voluntary: ['cancelled', 'canceled', 'churn'],
        nonpay: ['non-payment', 'nonpayment'],
        moved: ['home move', 'relocation', 'move'],
        other: [],
      },
      { aliases: ['reason', 'churn reason', 'cancel reason'] },
    ),
    timestamp('observed_from', 'From when on the records show it, where later than the start', { aliases: ['observed from'] }),
  ],
  checks: [
    {
      code: 'end-before-start',
      sql: 'end_at IS NULL OR end_at >= start_at',
      message: 'The subscription ends before it begins; it is left out of retention.',
    },
  ],
});
