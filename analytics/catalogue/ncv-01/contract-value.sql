/* ---
stage: NCV-01.3
name: Contract value
meaning: What are the contracts signed in the period worth over their whole term?
formula: sum of one-off amount + monthly amount × months of term, without tax, less contracts cancelled in their cooling-off period
unit: currency
direction: up
kind: sum
basis: event
dateRule: day the contract was signed; a reversal counts on the day of cancellation
grain: contract, amendment or reversal
entity: opportunity
datedBy: [signed_at, cancelled_at]
tables: [opportunity]
together:
  contract: { opportunity: opp_id }
exclusions:
  - unsigned deals
  - contracts without any amount, which are unknown and not 0, and those with a monthly amount but no term
  - amounts in a currency without an exchange rate for the month of signing
  - an amendment counts as its own change in the month it was signed and restates nothing
  - a contract cancelled within 14 days of signing is taken back in the month of cancellation, at the rate of its signing; later cancellations take nothing back
source: total contract value; cooling-off of 14 days (EU Directive 2011/83 and UK Consumer Contracts Regulations 2013). Target is the plan of the business
version: 1
--- */
WITH contract AS (
  SELECT *,
    workspace_money(
      coalesce(one_off_net, 0) + coalesce(recurring_net_month * term_months, 0),
      currency, local_day(signed_at, region)) AS total
  FROM opportunity
  WHERE in_stream(stream_id, 'NCV-01') AND signed_at IS NOT NULL
    AND (one_off_net IS NOT NULL OR recurring_net_month IS NOT NULL)
    AND (recurring_net_month IS NULL OR term_months IS NOT NULL)
)
SELECT source_key AS entity_id, local_day(signed_at, region) AS day,
  segment, region, product, channel, crew,
  total AS num,
  NULL AS den,
  NULL AS matures_on
FROM contract
UNION ALL
SELECT source_key AS entity_id, local_day(cancelled_at, region) AS day,
  segment, region, product, channel, crew,
  -total AS num,
  NULL AS den,
  NULL AS matures_on
FROM contract
WHERE cancelled_at >= signed_at AND cancelled_at <= add_days(signed_at, 14)
