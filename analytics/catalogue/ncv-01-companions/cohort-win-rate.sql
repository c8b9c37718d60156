/* ---
stage: NCV-01.3
name: Cohort win rate
companionOf: ncv-01.3/win-rate
meaning: Of the opportunities opened in a month, what share is won within four months?
formula: opportunities won within 120 days of being opened / opportunities opened
unit: fraction
direction: up
kind: proportion
basis: cohort
dateRule: day the opportunity was opened
maturity: 120 days after the opportunity was opened
grain: opportunity
entity: opportunity
datedBy: [created_at]
tables: [opportunity]
exclusions:
  - amendments, which change a contract and are won or lost with it
  - a win after 120 days counts as not won within them, and so does a deal still open then
source: cohort view of the win rate, which losses closed late in a quarter cannot move (sales practice)
version: 1
--- */
SELECT source_key AS entity_id, local_day(created_at, region) AS day,
  segment, region, product, channel, crew,
  CASE WHEN outcome = 'won' AND decided_at <= add_days(created_at, 120) THEN 1 ELSE 0 END AS num,
  1 AS den,
  add_days(local_day(created_at, region), 120) AS matures_on
FROM opportunity
WHERE in_stream(stream_id, 'NCV-01') AND amendment_of IS NULL
