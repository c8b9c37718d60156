/* ---
stage: NCV-01.7
name: Customer retention
meaning: How likely is a customer to stay for at least a year?
formula: Kaplan-Meier survival at 365 days of all relations known by the end of the period
unit: fraction
direction: up
kind: survival
basis: event
dateRule: all relations begun before the end of the period, as they stood at its end
grain: unbroken relation of one customer
entity: service_term
tables: [service_term]
together:
  customer: { service_term: "coalesce(customer_id, '')" }
horizonDays: 365
settings: [renewalGapDays]
targets:
  - { value: 0.88, source: '88 to 90 % a year in home services (practice)' }
exclusions:
  - relations that still run are not lost and not left out, they count for as long as they were seen
  - a home move ends the observation and is no loss
  - terms of one customer no more than renewalGapDays apart are one relation; after a longer gap a new one begins
  - relations whose records begin late count from then on only, so that those lost earlier and never seen do not flatter the rest
  - terms that end before they begin
source: 'Kaplan and Meier, Nonparametric estimation from incomplete observations (1958), with delayed entry; in whole days'
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
)
SELECT first_term.source_key AS entity_id, first_term.start_day AS day,
  first_term.segment, first_term.region, first_term.product, first_term.channel, first_term.crew,
  CASE WHEN ended.until_day < DATE '9999-01-01' AND ended.end_reason <> 'moved' THEN 1 ELSE 0 END AS num,
  greatest(coalesce(local_day(first_term.observed_from, first_term.region) - first_term.start_day, -1), -1) AS den,
  nullif(ended.until_day, DATE '9999-01-01') AS matures_on
FROM numbered first_term
JOIN ended ON ended.customer_id = first_term.customer_id AND ended.relation_no = first_term.relation_no
WHERE first_term.begins = 1
