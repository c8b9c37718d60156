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
datedBy: [invoiced_at]
tables: [quote]
together:
  opportunity: { quote: "coalesce(opp_id, '')" }
settings: [quoteTolerance]
targets:
  - { value: 0.9, source: practice for residential energy services }
exclusions:
  - accepted quotes not invoiced yet, whose final price is unknown
  - versions before the one accepted last, which are the same offer
  - quotes of zero, against which no share can be taken
source: share within tolerance of the accepted price (field-service practice)
version: 1
--- */
SELECT source_key AS entity_id, local_day(invoiced_at, region) AS day,
  segment, region, product, channel, crew,
  CASE WHEN round(abs(final_amount_net - coalesce(customer_change_net, 0) - amount_net), 6) <= round($quote_tolerance * amount_net, 6)
    THEN 1 ELSE 0 END AS num,
  1 AS den,
  NULL AS matures_on
FROM (
  SELECT *, row_number() OVER (PARTITION BY opp_id ORDER BY coalesce(version, 0) DESC, accepted_at DESC, quote_id DESC) AS from_last
  FROM quote
  WHERE in_stream(stream_id, 'NCV-01') AND accepted_at IS NOT NULL
) accepted
WHERE from_last = 1 AND invoiced_at IS NOT NULL AND amount_net > 0 AND final_amount_net IS NOT NULL
