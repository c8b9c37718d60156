/* ---
stage: NCV-01.2
name: Quote conversion rate
meaning: What share of the customers who were quoted accepts?
formula: opportunities with a quote accepted within quoteValidityDays of the first quote / opportunities with a quote
unit: fraction
direction: up
kind: proportion
basis: cohort
dateRule: day the opportunity's first quote was issued
maturity: quoteValidityDays (60) after the first quote; past them a quote without an answer counts as not accepted
grain: opportunity with a quote
entity: quote
tables: [quote]
settings: [quoteValidityDays]
targets:
  - { value: 0.3, source: '30 to 50 % in residential home services (practice)' }
exclusions:
  - drafts that were never issued
  - versions after the first are the same offer, not offers of their own
  - an acceptance after the window counts as not accepted
source: accepted by issued quotes, one an opportunity, by month of first issue (home-services practice)
version: 1
--- */
WITH version_of AS (
  SELECT *,
    min(issued_at) OVER (PARTITION BY opp_id) AS first_issued_at,
    min(accepted_at) OVER (PARTITION BY opp_id) AS first_accepted_at,
    row_number() OVER (
      PARTITION BY opp_id
      ORDER BY CASE WHEN issued_at IS NULL THEN 1 ELSE 0 END, coalesce(version, 0) DESC, issued_at DESC, quote_id DESC) AS from_last
  FROM quote
  WHERE in_stream(stream_id, 'NCV-01')
)
SELECT source_key AS entity_id, local_day(first_issued_at, region) AS day,
  segment, region, product, channel, crew,
  CASE WHEN first_accepted_at <= add_days(first_issued_at, $quote_validity_days) THEN 1 ELSE 0 END AS num,
  1 AS den,
  add_days(local_day(first_issued_at, region), $quote_validity_days) AS matures_on
FROM version_of
WHERE from_last = 1 AND issued_at IS NOT NULL
