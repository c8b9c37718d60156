/* ---
stage: NCV-01.2
name: Quote accuracy
meaning: How often does the final price stay close to what the customer accepted?
formula: invoiced jobs whose final price, less changes the customer asked for, is within the tolerance of the accepted quote / invoiced jobs
unit: fraction
direction: up
kind: proportion
basis: event
dateRule: day of the final invoice
grain: accepted quote version
entity: quote
tables: [quote]
settings: [quoteTolerance]
targets:
  - { value: 0.9, source: practice for residential energy services }
exclusions:
  - accepted quotes not invoiced yet, whose final price is unknown
  - quotes of zero, against which no share can be taken
source: share within tolerance of the accepted price (field-service practice)
version: 1
--- */
SELECT quote_id AS entity_id, local_day(invoiced_at, region) AS day,
  segment, region, product, channel, crew,
  CASE WHEN abs(final_amount_net - coalesce(customer_change_net, 0) - amount_net) <= $quote_tolerance * amount_net THEN 1 ELSE 0 END AS num,
  1 AS den,
  NULL AS matures_on
FROM quote
WHERE in_stream(stream_id, 'NCV-01') AND accepted_at IS NOT NULL AND invoiced_at IS NOT NULL
  AND amount_net > 0 AND final_amount_net IS NOT NULL
