/* ---
stage: NCV-02.5
name: Commissioning success rate
meaning: What share of the chargers passes commissioning at the first attempt?
formula: chargers that passed all tests at their first attempt / chargers attempted for the first time
unit: fraction
direction: up
kind: proportion
basis: event
dateRule: day of the first attempt
grain: charger
entity: activation_step
datedBy: [done_at]
tables: [activation_step]
together:
  device: { activation_step: "coalesce(asset_id, case_id, '')" }
targets:
  - { value: 0.95, source: practice for charger commissioning }
exclusions:
  - second and later attempts, which would dilute the rate
  - steps skipped or only announced, which are no attempts
  - chargers not attempted yet
source: first-attempt passes by first attempts (commissioning practice)
version: 1
--- */
SELECT source_key AS entity_id, local_day(done_at, region) AS day,
  segment, region, product, channel, crew,
  CASE WHEN result = 'pass' THEN 1 ELSE 0 END AS num,
  1 AS den,
  NULL AS matures_on
FROM (
  SELECT *, row_number() OVER (PARTITION BY coalesce(asset_id, case_id) ORDER BY coalesce(attempt_no, 1), done_at) AS in_order
  FROM activation_step
  WHERE in_stream(stream_id, 'NCV-02') AND step = 'commission' AND done_at IS NOT NULL
    AND coalesce(result, 'fail') IN ('pass', 'fail')
) attempt
WHERE in_order = 1
