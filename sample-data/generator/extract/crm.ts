import type { World } from '../records.ts';
import { longInstant as at, type Extract, extractOf } from './csv.ts';

const system = 'CRM';
const STAGE = { won: 'Closed Won', lost: 'Closed Lost' } as const;

/** Accounts, leads, opportunities and quotes, as a Salesforce data export names them. */
export function crmExtracts({ customers, leads, opportunities, quotes }: World): Extract[] {
  const quoted = new Set(quotes.filter((quote) => quote.issuedAt !== null).map((quote) => quote.opportunity));
  return [
    extractOf(
      { file: 'crm_account.csv.gz', table: 'customer', system },
      byTime(customers, (row) => row.createdAt),
      [
        ['AccountNumber', (row) => row.id],
        ['Segment__c', (row) => row.segment],
        ['Region__c', (row) => row.region],
        ['PostalCode', (row) => row.postcode],
        ['TimeZone', () => 'America/New_York'],
        ['CreatedDate', (row) => at(row.createdAt)],
      ],
    ),
    extractOf(
      { file: 'crm_lead.csv.gz', table: 'lead', system },
      byTime(leads, (row) => row.createdAt),
      [
        ['Id', (row) => row.id],
        ['CreatedDate', (row) => at(row.createdAt)],
        ['Value_Stream__c', (row) => row.stream],
        ['Case__c', (row) => row.caseId],
        ['Segment__c', (row) => row.segment],
        ['Region__c', (row) => row.region],
        ['LeadSource', (row) => row.channel],
        ['CampaignId', (row) => row.campaign],
        ['EmailHash', (row) => row.email],
        ['PhoneHash', (row) => row.phone],
        ['MQL_Date__c', (row) => at(row.mqlAt)],
        ['SQL_Date__c', (row) => at(row.sqlAt)],
        ['Qualified_Date__c', (row) => at(row.qualifiedAt)],
        ['ConvertedDate', (row) => at(row.convertedAt)],
        ['ConvertedOpportunityId', (row) => row.opportunity],
        ['Disqualified_Date__c', (row) => at(row.disqualifiedAt)],
        ['Disqualified_Reason__c', (row) => row.disqualifiedWhy],
        ['Score__c', (row) => row.score],
        ['ScoreModel', (row) => row.scoreModel],
        ['Serviceable__c', (row) => row.serviceable],
        ['Is_Test__c', (row) => row.isTest],
        ['Is_Duplicate_Of__c', (row) => row.duplicateOf],
      ],
    ),
    extractOf(
      { file: 'crm_opportunity.csv.gz', table: 'opportunity', system },
      byTime(opportunities, (row) => row.createdAt),
      [
        ['Id', (row) => row.id],
        ['Case__c', (row) => row.caseId],
        ['CreatedDate', (row) => at(row.createdAt)],
        [
          'StageName',
          (row) => (row.outcome === 'open' ? (quoted.has(row.id) ? 'Negotiation' : 'Qualification') : STAGE[row.outcome]),
        ],
        ['Closed_At__c', (row) => at(row.decidedAt)],
        ['Lost_Reason__c', (row) => row.lostReason],
        ['CampaignId', (row) => row.campaign],
        ['Amount', (row) => row.amount],
        ['Gross_Margin__c', (row) => row.margin],
        ['CurrencyIsoCode', () => 'USD'],
        ['Signed_Date__c', (row) => at(row.signedAt)],
        ['One_Off_Net__c', (row) => row.oneOff],
        ['Recurring_Net_Month__c', (row) => row.monthly],
        ['ContractTerm', (row) => row.termMonths],
        ['Cancelled_Date__c', (row) => at(row.cancelledAt)],
        ['Amendment_Of__c', (row) => row.amends],
      ],
    ),
    extractOf({ file: 'crm_quote.csv.gz', table: 'quote', system }, quotes, [
      ['QuoteNumber', (row) => row.id],
      ['OpportunityId', (row) => row.opportunity],
      ['Version__c', (row) => row.version],
      ['Status', (row) => row.status],
      ['Issued_Date__c', (row) => at(row.issuedAt)],
      ['ExpirationDate', (row) => at(row.validUntil)],
      ['Accepted_Date__c', (row) => at(row.acceptedAt)],
      ['Declined_Date__c', (row) => at(row.declinedAt)],
      ['TotalPrice', (row) => row.amount],
      ['Final_Amount_Net__c', (row) => row.finalAmount],
      ['Customer_Change_Net__c', (row) => row.customerChange],
      ['CurrencyIsoCode', () => 'USD'],
      ['Invoiced_Date__c', (row) => at(row.invoicedAt)],
      ['Site_Assessment_Date__c', (row) => at(row.siteAssessedAt)],
    ]),
  ];
}

export function byTime<Row>(rows: readonly Row[], time: (row: Row) => number): Row[] {
  return [...rows].sort((a, b) => time(a) - time(b));
}
