/* ---
stage: NCV-02.5
name: Commissioned within 14 days
meaning: What share of the chargers passes commissioning within two weeks of the first attempt?
formula: chargers that passed within 14 days of their first attempt / chargers attempted for the first time
unit: fraction
direction: up
kind: proportion
basis: cohort
dateRule: day of the first attempt
maturity: 14 days after the first attempt
grain: charger
entity: activation_step
datedBy: [done_at]
tables: [activation_step]
together:
  device: { activation_step: "coalesce(asset_id, case_id, '')" }
companionOf: ncv-02.5/commissioning-success-rate
exclusions:
  - steps skipped or only announced, which are no attempts
  - chargers not attempted yet
source: eventual pass beside the pass at first attempt (commissioning practice)
version: 1
--- */
SELECT source_key AS entity_id, local_day(done_at, region) AS day,
  segment, region, product, channel, crew,
  CASE WHEN passed_at <= add_days(done_at, 14) THEN 1 ELSE 0 END AS num,
  1 AS den,
  add_days(local_day(done_at, region), 14) AS matures_on
FROM (
  SELECT *,
    row_number() OVER (PARTITION BY coalesce(asset_id, case_id) ORDER BY coalesce(attempt_no, 1), done_at) AS in_order,
    min(CASE WHEN result = 'pass' THEN done_at END) OVER (PARTITION BY coalesce(asset_id, case_id)) AS passed_at
  FROM activation_step
  WHERE in_stream(stream_id, 'NCV-02') AND step = 'commission' AND done_at IS NOT NULL
    AND coalesce(result, 'fail') IN ('pass', 'fail')
) attempt
WHERE in_order = 1
