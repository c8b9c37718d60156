import { addressTable, category, date, money, text } from '../definition.ts';

export const marketingSpend = addressTable({
  name: 'marketing_spend',
  title: 'Marketing spend',
  grain: 'one campaign in one day or month',
  key: ['spend_id'],
  happensAt: null,
  links: [],
  columns: [
    text('spend_id', 'Id of the spend line', { required: true, aliases: ['id', 'line id'] }),
    date('period_start', 'First day the money was spent for', {
      required: true,
      aliases: ['date', 'day', 'month', 'start date'],
    }),
    date('period_end', 'Last day the money was spent for', { aliases: ['end date'], planned: true }),
    text('campaign_id', 'Campaign', { aliases: ['campaign', 'campaign name', 'campaignid'] }),
    money('amount', 'Money spent', { required: true, aliases: ['cost', 'spend', 'amount spent'], range: [0, null] }),
    text('currency', 'ISO 4217 code; empty means the workspace currency', {
      aliases: ['currencyisocode', 'currency code', 'amount currency', 'cost currency'],
    }),
    category('basis', 'When the money is booked', { accrual: [], cash: ['invoice'] }),
  ],
  checks: [
    {
      code: 'period-turned',
      sql: 'period_end IS NULL OR period_end >= period_start',
      message: 'The spend period ends before it starts.',
    },
  ],
});
