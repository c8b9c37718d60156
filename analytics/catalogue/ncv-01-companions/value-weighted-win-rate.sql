/* ---
stage: NCV-01.3
name: Value-weighted win rate
companionOf: ncv-01.3/win-rate
meaning: What share of the decided money is won?
formula: value of won opportunities / value of won and lost opportunities
unit: fraction
direction: up
kind: ratio
basis: event
dateRule: day the opportunity was won or lost
grain: decided opportunity with a value
entity: opportunity
datedBy: [decided_at]
tables: [opportunity]
exclusions:
  - open opportunities, and amendments
  - opportunities without a recorded value, or in a currency without an exchange rate
source: win rate by value (sales practice)
version: 1
--- */
SELECT source_key AS entity_id, local_day(decided_at, region) AS day,
  segment, region, product, channel, crew,
  CASE WHEN outcome = 'won' THEN 1 ELSE 0 END * workspace_money(amount_net, currency, local_day(decided_at, region)) AS num,
  workspace_money(amount_net, currency, local_day(decided_at, region)) AS den,
  NULL AS matures_on
FROM opportunity
WHERE in_stream(stream_id, 'NCV-01') AND outcome IN ('won', 'lost') AND amendment_of IS NULL
  AND decided_at IS NOT NULL AND amount_net IS NOT NULL
