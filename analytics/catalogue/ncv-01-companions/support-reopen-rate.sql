/* ---
stage: NCV-01.7
name: Support reopen rate
companionOf: ncv-01.7/support-resolution-time
meaning: How many resolved tickets had to be opened again?
formula: resolved tickets that were reopened at least once / resolved tickets
unit: fraction
direction: down
kind: proportion
basis: event
dateRule: day the ticket was resolved for good
grain: resolved ticket
entity: support_ticket
datedBy: [resolved_at]
tables: [support_ticket]
exclusions:
  - open tickets, spam, and tickets merged into another
  - tickets whose number of reopenings is not recorded
source: reopened by resolved tickets (service-desk practice)
version: 1
--- */
SELECT source_key AS entity_id, local_day(resolved_at, region) AS day,
  segment, region, product, channel, crew,
  CASE WHEN reopen_count > 0 THEN 1 ELSE 0 END AS num,
  1 AS den,
  NULL AS matures_on
FROM support_ticket
WHERE in_stream(stream_id, 'NCV-01') AND resolved_at >= opened_at AND reopen_count IS NOT NULL
  AND merged_into IS NULL AND NOT coalesce(is_spam, FALSE)
