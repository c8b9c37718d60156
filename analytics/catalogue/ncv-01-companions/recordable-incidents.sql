/* ---
stage: NCV-01.5
name: Recordable incidents
companionOf: ncv-01.5/safety-incidents
meaning: How many people were hurt seriously enough to be recorded?
formula: number of recordable cases
unit: count
direction: down
kind: count
basis: event
dateRule: day of the injury
grain: recordable case
entity: safety_incident
datedBy: [occurred_at]
tables: [safety_incident]
targets:
  - { value: 0, source: nobody should be hurt }
exclusions:
  - near misses and first aid, which are not recordable (29 CFR 1904.7)
source: recordable cases of OSHA, 29 CFR 1904.7
version: 1
--- */
SELECT source_key AS entity_id, local_day(occurred_at, region) AS day,
  segment, region, product, channel, crew,
  1 AS num,
  NULL AS den,
  NULL AS matures_on
FROM safety_incident
WHERE in_stream(stream_id, 'NCV-01') AND severity IN ('recordable', 'restricted', 'days_away', 'fatality')
