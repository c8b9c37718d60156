/* ---
stage: NCV-01.3
name: Win rate
meaning: What share of the decided opportunities is won?
formula: won / (won + lost)
unit: fraction
direction: up
kind: proportion
basis: event
dateRule: day the opportunity was won or lost
grain: decided opportunity
entity: opportunity
datedBy: [decided_at]
tables: [opportunity]
settings: [staleOpportunityIsLost, staleOpportunityDays]
targets:
  - { value: 0.3, source: '30 to 50 % in consumer sales after a site visit (practice)' }
exclusions:
  - amendments, which change a contract and are won or lost with it
  - open opportunities, which are neither won nor lost, also where the source forecasts a close date
  - opportunities open for longer than staleOpportunityDays count as lost on the day they go stale only where staleOpportunityIsLost is set
source: won by decided in the month of decision; the companion cohort win rate follows the opportunities by the month they were opened
version: 1
--- */
SELECT source_key AS entity_id, local_day(closed_at, region) AS day,
  segment, region, product, channel, crew,
  CASE WHEN is_won THEN 1 ELSE 0 END AS num,
  1 AS den,
  NULL AS matures_on
FROM (
  SELECT *,
    outcome = 'won' AND decided_at IS NOT NULL AS is_won,
    CASE
      WHEN outcome IN ('won', 'lost') AND decided_at IS NOT NULL THEN decided_at
      WHEN $stale_opportunity_is_lost AND signed_at IS NULL AND add_days(created_at, $stale_opportunity_days) < $as_of
        THEN add_days(created_at, $stale_opportunity_days)
    END AS closed_at
  FROM opportunity
  WHERE in_stream(stream_id, 'NCV-01') AND amendment_of IS NULL
) decision
WHERE closed_at IS NOT NULL
