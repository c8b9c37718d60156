/* ---
stage: NCV-02.3
name: Average deal size
meaning: How much is one won charging deal worth?
formula: value of the won deals / number of won deals with a value
unit: currency
direction: up
kind: mean
basis: event
dateRule: day the contract was signed
grain: won opportunity
entity: opportunity
datedBy: [signed_at]
tables: [opportunity]
exclusions:
  - lost, open and unsigned deals
  - amendments, which change a deal and are none of their own
  - deals without an amount, which are unknown and never zero; a pilot of zero counts as zero
  - deals in a currency without a rate for their month
  - one fleet deal can make a month, so read the median and the 85th percentile beside it and compare segments
source: Σ value by number of won deals, without tax, never the mean of group means (sales practice). Target is the plan of the business
version: 1
--- */
SELECT source_key AS entity_id, local_day(signed_at, region) AS day,
  segment, region, product, channel, crew,
  workspace_money(amount_net, currency, local_day(signed_at, region)) AS num,
  1 AS den,
  NULL AS matures_on
FROM opportunity
WHERE in_stream(stream_id, 'NCV-02') AND outcome = 'won' AND amendment_of IS NULL AND signed_at IS NOT NULL
  AND workspace_money(amount_net, currency, local_day(signed_at, region)) IS NOT NULL
