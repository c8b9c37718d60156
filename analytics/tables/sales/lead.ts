import { addressTable, boolean, decimal, text, timestamp } from '../definition.ts';

export const lead = addressTable({
  name: 'lead',
  title: 'Leads',
  grain: 'one lead',
  key: ['lead_id'],
  happensAt: 'created_at',
  links: [{ column: 'case_id', table: 'journey_case' }],
  columns: [
    text('lead_id', 'Lead id', { required: true, aliases: ['id', 'lead number', 'record id', 'mql_id', 'prospect id'] }),
    text('case_id', 'Journey the lead began', { aliases: ['case', 'journey id', 'case__c'] }),
    timestamp('created_at', 'When the lead came in', {
      required: true,
      aliases: ['createddate', 'created date', 'create date', 'created', 'first contact date'],
    }),
    text('campaign_id', 'Campaign that brought it', { aliases: ['campaign', 'campaignid'] }),
    text('email_hash', 'Normalised email, hashed: one person however often they ask', { aliases: ['email', 'email address'] }),
    text('phone_hash', 'Normalised phone number, hashed', { aliases: ['phone', 'mobile'] }),
    timestamp('mql_at', 'When marketing qualified it', {
      since: 'created_at',
      aliases: ['became a marketing qualified lead date', 'mql date', 'mql_date__c'],
    }),
    timestamp('sql_at', 'When sales accepted it', {
      since: 'created_at',
      aliases: ['became a sales qualified lead date', 'sql date', 'sql_date__c', 'sales accepted date'],
    }),
    timestamp('qualified_at', 'When it was found fit for an offer', {
      since: 'created_at',
      aliases: ['qualified date', 'qualified_date__c'],
    }),
    timestamp('converted_at', 'When it became an opportunity', {
      since: 'created_at',
      aliases: ['converteddate', 'converted date', 'convert date'],
    }),
    text('opportunity_id', 'The opportunity it became', {
      aliases: ['convertedopportunityid', 'opp_id', 'converted opportunity id'],
    }),
    timestamp('disqualified_at', 'When it was turned away', {
      since: 'created_at',
      aliases: ['disqualified date', 'disqualified_date__c'],
    }),
    text('disq_reason', 'Why it was turned away', {
      aliases: ['disqualified reason', 'disqualification reason', 'disqualified_reason__c'],
    }),
    decimal('score', 'Lead score when it came in', { aliases: ['lead score', 'score__c'] }),
    text('score_model_version', 'Version of the scoring model', { aliases: ['score model'] }),
    boolean('serviceable', 'Whether the address lies where the service is offered', {
      aliases: ['serviceable__c', 'in area', 'service available'],
    }),
    boolean('is_test', 'Whether it is a test or spam', { aliases: ['is_test__c', 'test', 'spam'] }),
    text('is_duplicate_of', 'The lead it repeats', { aliases: ['duplicate of', 'masterrecordid', 'is_duplicate_of__c'] }),
  ],
  checks: [
    {
      code: 'outcome-before-start',
      sql: '(converted_at IS NULL OR converted_at >= created_at) AND (mql_at IS NULL OR mql_at >= created_at)',
      message: 'The lead is qualified or converted before it was created; it is left out of durations.',
    },
  ],
});
