import { ANY_OTHER, category, factTable, integer, money, text, timestamp } from '../definition.ts';

export const opportunity = factTable({
  name: 'opportunity',
  title: 'Opportunities and contracts',
  grain: 'one opportunity, with the contract it became',
  key: ['opp_id'],
  happensAt: 'created_at',
  links: [{ column: 'case_id', table: 'journey_case' }],
  columns: [
    text('opp_id', 'Opportunity id', {
      required: true,
      aliases: ['id', 'opportunity id', 'opportunity_id', 'deal id', 'record id'],
    }),
    text('case_id', 'Journey it belongs to', { aliases: ['case', 'journey id', 'case__c'] }),
    timestamp('created_at', 'When it was opened', {
      required: true,
      aliases: ['createddate', 'created date', 'create date', 'opened date', 'engage date'],
    }),
    timestamp('decided_at', 'When it was won or lost', {
      since: 'created_at',
      aliases: ['closed_at', 'closed_at__c', 'closedate', 'close date', 'decision date'],
    }),
    category(
      'outcome',
      'Won, lost or still open',
      {
        won: ['closed won', 'closedwon', 'win', 'true'],
        lost: ['closed lost', 'closedlost', 'loss'],
        open: ['in progress', 'pending', ANY_OTHER],
      },
      { aliases: ['stagename', 'stage name', 'deal stage', 'status'] },
    ),
    text('lost_reason', 'Why it was lost', { aliases: ['loss reason', 'lost_reason__c'] }),
    text('campaign_id', 'Campaign credited with it', { aliases: ['campaignid', 'campaign'] }),
    money('amount_net', 'Value of the deal', { aliases: ['amount', 'deal amount', 'value', 'close value'] }),
    money('gross_margin', 'Gross margin of the deal', { aliases: ['margin', 'gross_margin__c'] }),
    text('currency', 'ISO 4217 code; empty means the workspace currency', {
      aliases: ['currencyisocode', 'currency code', 'amount currency', 'deal currency'],
    }),
    timestamp('signed_at', 'When the contract was signed', {
      since: 'created_at',
      aliases: ['customersigneddate', 'signed date', 'contract signed date', 'contract_signed_at', 'signed_date__c'],
    }),
    money('one_off_net', 'One-off part of the contract', { aliases: ['one-off', 'one_off_net__c', 'hardware amount'] }),
    money('recurring_net_month', 'Recurring part of the contract, a month', {
      unit: 'currency a month',
      aliases: ['recurring', 'mrr', 'recurring_net_month__c'],
    }),
    integer('term_months', 'Contract term', {
      unit: 'months',
      aliases: ['contractterm', 'contract term', 'term'],
      range: [0, 600],
    }),
    timestamp('cancelled_at', 'When the contract was cancelled', {
      since: 'created_at',
      aliases: ['cancelled date', 'cancelled_date__c'],
    }),
    text('amendment_of', 'The contract this one amends', { aliases: ['amends', 'parent contract', 'amendment_of__c'] }),
  ],
  checks: [
    {
      code: 'outcome-before-start',
      sql: '(signed_at IS NULL OR signed_at >= created_at) AND (decided_at IS NULL OR decided_at >= created_at)',
      message: 'The deal is decided or signed before it was opened; it is left out of durations.',
    },
  ],
});
