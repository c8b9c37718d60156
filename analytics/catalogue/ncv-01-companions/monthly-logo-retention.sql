/* ---
stage: NCV-01.7
name: Monthly logo retention
companionOf: ncv-01.7/customer-retention
meaning: What share of the customers at the start of a month is still there at its end?
formula: (customers active at the start of the month − those of them lost during it) / customers active at the start of the month
unit: fraction
direction: up
kind: proportion
basis: event
dateRule: first day of each month in which the customer was active
grain: customer in one month
entity: service_term
tables: [service_term]
together:
  customer: { service_term: "coalesce(customer_id, '')" }
settings: [renewalGapDays]
targets:
  - { value: 0.99, source: 'monthly retention of home services (practice)' }
exclusions:
  - customers won during the month
  - customers who moved home, in the month of the move
  - months before a customer's records begin
  - terms of one customer no more than renewalGapDays apart are one relation
source: logo retention (subscription practice); a year is the product of its months, not twelve times the loss of one
version: 1
--- */
WITH term AS (
  SELECT *, local_day(start_at, region) AS start_day,
    coalesce(local_day(end_at, region), DATE '9999-01-01') AS until_day
  FROM service_term
  WHERE in_stream(stream_id, 'NCV-01') AND (end_at IS NULL OR end_at >= start_at)
),
followed AS (
  SELECT *,
    max(until_day) OVER (
      PARTITION BY customer_id ORDER BY start_at, term_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS held_until
  FROM term
),
begun AS (
  SELECT *, CASE WHEN start_day - held_until <= $renewal_gap_days THEN 0 ELSE 1 END AS begins
  FROM followed
),
numbered AS (
  SELECT *,
    sum(begins) OVER (
      PARTITION BY customer_id ORDER BY start_at, term_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS relation_no
  FROM begun
),
ended AS (
  SELECT customer_id, relation_no, max(until_day) AS until_day,
    last_by(coalesce(end_reason, 'other'), (until_day, start_at, term_id)) AS end_reason
  FROM numbered
  GROUP BY customer_id, relation_no
),
relation AS (
  SELECT first_term.source_key, first_term.start_day, ended.until_day, ended.end_reason,
    coalesce(local_day(first_term.observed_from, first_term.region), first_term.start_day) AS seen_from,
    first_term.segment, first_term.region, first_term.product, first_term.channel, first_term.crew
  FROM numbered first_term
  JOIN ended ON ended.customer_id = first_term.customer_id AND ended.relation_no = first_term.relation_no
  WHERE first_term.begins = 1
),
month_of AS (
  SELECT day, month_end(day) AS last_day
  FROM business_clock
  WHERE calendar_id = 'default' AND day = month_start(day) AND day_start(day, NULL) < $as_of
)
SELECT source_key AS entity_id, month_of.day AS day,
  segment, region, product, channel, crew,
  CASE WHEN until_day > last_day THEN 1 ELSE 0 END AS num,
  1 AS den,
  NULL AS matures_on
FROM relation
JOIN month_of ON month_of.day > start_day AND month_of.day >= seen_from AND month_of.day <= until_day
WHERE until_day > last_day OR end_reason <> 'moved'
