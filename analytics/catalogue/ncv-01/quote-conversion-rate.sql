/* ---
stage: NCV-01.2
name: Quote conversion rate
meaning: What share of the customers who were quoted accepts?
formula: opportunities with an accepted quote / opportunities with a quote
unit: fraction
direction: up
kind: proportion
basis: cohort
dateRule: day the opportunity's first quote was issued
maturity: the last day of the latest version's validity, quoteValidityDays (60) after its issue where it states none; past it a quote without an answer counts as not accepted
grain: opportunity with a quote
entity: quote
datedBy: [issued_at]
tables: [quote]
together:
  opportunity: { quote: "coalesce(opp_id, '')" }
settings: [quoteValidityDays]
targets:
  - { value: 0.3, source: '30 to 50 % in residential home services (practice)' }
exclusions:
  - drafts that were never issued
  - versions after the first are the same offer, not offers of their own
  - an acceptance after the validity is an acceptance; silence is none
source: accepted by issued quotes, one an opportunity, by month of first issue (home-services practice)
version: 2
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
  CASE WHEN first_accepted_at IS NOT NULL THEN 1 ELSE 0 END AS num,
  1 AS den,
  local_day(coalesce(valid_until, add_days(issued_at, $quote_validity_days)), region) AS matures_on
FROM version_of
WHERE from_last = 1 AND issued_at IS NOT NULL
