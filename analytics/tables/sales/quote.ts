import { category, factTable, integer, money, text, timestamp } from '../definition.ts';

export const quote = factTable({
  name: 'quote',
  title: 'Quotes and proposals',
  grain: 'one version of one quote',
  key: ['quote_id'],
  happensAt: null,
  links: [
    { column: 'opp_id', table: 'opportunity' },
    { column: 'case_id', table: 'journey_case' },
  ],
  columns: [
    text('quote_id', 'Id of the quote version', {
      required: true,
      aliases: ['id', 'quote number', 'quotenumber', 'proposal id'],
    }),
    text('opp_id', 'Opportunity it was made for', {
      required: true,
      aliases: ['opportunityid', 'opportunity id', 'opportunity_id'],
    }),
    text('case_id', 'Journey it belongs to', { aliases: ['case', 'journey id'] }),
    integer('version', 'Version, from 1', { aliases: ['revision', 'version__c'], range: [0, null] }),
    timestamp('issued_at', 'When it went to the customer', {
      aliases: ['issued date', 'sent date', 'issued_date__c', 'presented date'],
    }),
    timestamp('valid_until', 'Until when it holds', {
      aliases: ['expirationdate', 'expiration date', 'expires', 'valid to'],
      planned: true,
    }),
    timestamp('accepted_at', 'When the customer accepted it', {
      since: 'issued_at',
      aliases: ['accepted date', 'accepted_date__c'],
    }),
    timestamp('declined_at', 'When the customer declined it', {
      since: 'issued_at',
      aliases: ['declined date', 'rejected date', 'declined_date__c'],
    }),
    category('status', 'State in the source system', {
      draft: [],
      issued: ['presented', 'sent', 'in review', 'needs review', 'approved'],
      accepted: [],
      declined: ['denied', 'rejected'],
      expired: [],
      superseded: ['replaced', 'revised'],
    }),
    money('amount_net', 'Quoted price', { aliases: ['totalprice', 'total price', 'quoted amount', 'amount'] }),
    money('final_amount_net', 'Price invoiced for the job', {
      aliases: ['final amount', 'invoiced amount', 'final_amount_net__c'],
    }),
    money('customer_change_net', 'Part of the invoiced price that the customer asked for after accepting', {
      aliases: ['change orders', 'customer_change_amount', 'customer_change_net__c'],
    }),
    text('currency', 'ISO 4217 code; empty means the workspace currency', {
      aliases: ['currencyisocode', 'currency code', 'amount currency', 'total price currency'],
    }),
    timestamp('invoiced_at', 'When the final invoice was made', {
      aliases: ['invoice date', 'invoiced date', 'invoiced_date__c'],
    }),
    timestamp('site_assessment_at', 'When the site was assessed and approved', {
      aliases: ['site assessment date', 'site_assessment_date__c'],
    }),
  ],
  checks: [
    {
      code: 'outcome-before-start',
      sql: '(accepted_at IS NULL OR issued_at IS NULL OR accepted_at >= issued_at) AND (declined_at IS NULL OR issued_at IS NULL OR declined_at >= issued_at)',
      message: 'The quote is answered before it was issued; it is left out of durations.',
    },
  ],
});
