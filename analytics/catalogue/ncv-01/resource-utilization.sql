/* ---
stage: NCV-01.4
name: Resource utilization
meaning: How much of the technicians' available time is spent on customers' sites?
formula: sum of hours of on-site work / sum of available hours; with travel where travelIsProductive is set
unit: fraction
direction: band
kind: ratio
basis: event
dateRule: day worked
grain: technician on one day
entity: resource_day
datedBy: [work_date]
tables: [resource_day]
settings: [travelIsProductive]
targets:
  - { low: 0.65, high: 0.85, source: 'field-service benchmark, 65 to 85 %; above it work queues' }
exclusions:
  - days for which no available hours are recorded, so that nobody counts in the work alone
  - overtime is part of the hours worked already and is not added to them again; a day with overtime may therefore exceed its roster
  - the mean of the technicians' own rates is another figure and wrong where their hours differ
source: sum of productive by sum of available hours, rostered less leave and training (field-service practice; PTC ServiceMax reports it with and without travel)
version: 1
--- */
SELECT source_key AS entity_id, work_date AS day,
  segment, region, product, channel, crew,
  coalesce(work_h, 0) + CASE WHEN $travel_is_productive THEN coalesce(travel_h, 0) ELSE 0 END AS num,
  available_h AS den,
  NULL AS matures_on
FROM resource_day
WHERE in_stream(stream_id, 'NCV-01') AND available_h IS NOT NULL AND day_start(work_date, NULL) < $as_of
