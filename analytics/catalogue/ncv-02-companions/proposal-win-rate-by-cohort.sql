/* ---
stage: NCV-02.2
name: Proposal win rate by cohort
meaning: What share of the customers first offered a solution in a month accepts in the end?
formula: opportunities with a proposal accepted within the window of the first / opportunities with a proposal; window 60 days, commercial 120, fleet 180
unit: fraction
direction: up
kind: proportion
basis: cohort
dateRule: day the opportunity's first proposal was issued
maturity: 60 days after the first proposal, commercial 120, fleet 180
grain: opportunity with a proposal
entity: quote
datedBy: [issued_at]
tables: [quote]
together:
  opportunity: { quote: "coalesce(opp_id, '')" }
companionOf: ncv-02.2/proposal-win-rate
exclusions:
  - versions after the first are the same offer
  - an acceptance after the window counts as not accepted
  - drafts that were never issued
source: win rate by month of first issue, for the trend (sales practice); young cohorts are pending, as quick answers come first
version: 1
--- */
WITH version_of AS (
  SELECT *,
    min(accepted_at) OVER (PARTITION BY opp_id) AS first_accepted_at,
    row_number() OVER (PARTITION BY opp_id ORDER BY issued_at, coalesce(version, 0), quote_id) AS in_order,
    CASE segment WHEN 'fleet' THEN 180 WHEN 'commercial' THEN 120 ELSE 60 END AS window_days
  FROM quote
  WHERE in_stream(stream_id, 'NCV-02') AND issued_at IS NOT NULL
)
SELECT source_key AS entity_id, local_day(issued_at, region) AS day,
  segment, region, product, channel, crew,
  CASE WHEN first_accepted_at <= add_days(issued_at, window_days) THEN 1 ELSE 0 END AS num,
  1 AS den,
  add_days(local_day(issued_at, region), window_days) AS matures_on
FROM version_of
WHERE in_order = 1
