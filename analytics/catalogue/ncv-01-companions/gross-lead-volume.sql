/* ---
stage: NCV-01.1
name: Gross lead volume
companionOf: ncv-01.1/lead-volume
meaning: How many lead records came in, before anything is taken out?
formula: number of lead records
unit: count
direction: up
kind: count
basis: event
dateRule: day the lead came in
grain: lead
entity: lead
datedBy: [created_at]
tables: [lead]
exclusions:
  - nothing; tests, repeats and addresses outside the service area are the difference to lead volume
source: gross beside net leads (marketing practice)
version: 1
--- */
SELECT source_key AS entity_id, local_day(created_at, region) AS day,
  segment, region, product, channel, crew,
  1 AS num,
  NULL AS den,
  NULL AS matures_on
FROM lead
WHERE in_stream(stream_id, 'NCV-01')
