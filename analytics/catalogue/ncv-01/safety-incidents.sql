/* ---
stage: NCV-01.5
name: Safety incidents
meaning: How many people are hurt seriously enough to be recorded, for the hours worked?
formula: recordable cases × 200,000 / hours worked, over the twelve months that end with the period
unit: perHoursWorked
direction: down
kind: rate
basis: event
dateRule: day of the injury; day worked
grain: recordable case, and technician on one day
entity: safety_incident
datedBy: [occurred_at]
tables: [safety_incident, resource_day]
together:
  incident: { safety_incident: incident_id }
  day: { resource_day: source_key }
rollingMonths: 12
scale: 200000
targets:
  - { value: 2.3, source: 'total recordable rate of construction, US Bureau of Labor Statistics 2023' }
exclusions:
  - near misses and first aid, which are not recordable (29 CFR 1904.7); more reports of near misses are not worse
  - leave and holidays, which are no hours worked; without recorded hours available and overtime hours stand in
  - contractors are included in cases and in hours (29 CFR 1904.31)
  - a month alone says little, so the value covers twelve months and stands beside its exact Poisson interval
source: total recordable incident rate of OSHA, per 100 full-time workers of 2,000 hours
version: 1
--- */
SELECT source_key AS entity_id, local_day(occurred_at, region) AS day,
  segment, region, product, channel, crew,
  1 AS num,
  0 AS den,
  NULL AS matures_on,
  'safety_incident' AS entity_table
FROM safety_incident
WHERE in_stream(stream_id, 'NCV-01') AND severity IN ('recordable', 'restricted', 'days_away', 'fatality')
UNION ALL
SELECT source_key AS entity_id, work_date AS day,
  segment, region, product, channel, crew,
  0 AS num,
  coalesce(exposure_h, available_h + coalesce(overtime_h, 0)) AS den,
  NULL AS matures_on,
  'resource_day' AS entity_table
FROM resource_day
WHERE in_stream(stream_id, 'NCV-01') AND day_start(work_date, NULL) < $as_of
  AND (exposure_h IS NOT NULL OR available_h IS NOT NULL)
