/* ---
stage: NCV-01.5
name: First-time fix rate
meaning: How often is the job done on the first visit, with nobody coming back for it?
formula: first visits that completed the job and were followed by no visit to the same site for a related cause within repeatVisitDays / first visits
unit: fraction
direction: up
kind: proportion
basis: cohort
dateRule: day of the first visit
maturity: repeatVisitDays (30) after the first visit, for until then a repeat may still come
grain: first visit of an installation or repair
entity: visit
datedBy: [actual_start]
tables: [visit, work_order]
together:
  order: { visit: wo_id, work_order: wo_id }
  place: { work_order: 'coalesce(site_id, asset_id, wo_id)' }
settings: [repeatVisitDays]
targets:
  - { value: 0.8, source: 'Aberdeen Group, 80 % on average, 88 % best in class' }
exclusions:
  - first visits without access, or cancelled at the door
  - jobs planned for several visits from the start, and visits after the first; visits without a number are numbered in the order of their times
  - maintenance and rework jobs as first visits; maintenance visits as repeats
  - a repeat is found by the site and not by the work order, whose number changes; causes are related where they are equal or one is not recorded, and always within one work order
source: first-time fix with a 30-day repeat window (Aquant, ServiceMax field-service benchmarks)
version: 1
--- */
WITH at_site AS (
  SELECT visit.*, work_order.kind, coalesce(work_order.planned_visits, 1) AS planned_visits,
    coalesce(work_order.site_id, work_order.asset_id, work_order.wo_id) AS place,
    seconds_between(TIMESTAMP '2000-01-01 00:00:00', visit.actual_start) AS start_second,
    CASE WHEN coalesce(work_order.kind, 'repair') = 'maintenance' THEN 0 ELSE 1 END AS may_repeat
  FROM (
    SELECT *, coalesce(visit_no, row_number() OVER (
        PARTITION BY wo_id ORDER BY coalesce(first_sched_start, sched_start, actual_start), visit_id)) AS nth
    FROM visit
  ) visit
  JOIN work_order ON work_order.wo_id = visit.wo_id
  WHERE visit.actual_start IS NOT NULL
),
followed AS (
  SELECT *,
    sum(may_repeat) OVER later_here AS all_later,
    sum(CASE WHEN cause_code IS NULL THEN may_repeat ELSE 0 END) OVER later_here AS unexplained_later,
    sum(may_repeat) OVER (
      PARTITION BY wo_id ORDER BY start_second
      RANGE BETWEEN 0.000001 FOLLOWING AND $repeat_visit_days * 86400.0 FOLLOWING) AS same_order_later,
    sum(may_repeat) OVER (
      PARTITION BY place, cause_code ORDER BY start_second
      RANGE BETWEEN 0.000001 FOLLOWING AND $repeat_visit_days * 86400.0 FOLLOWING) AS same_cause_later
  FROM at_site
  WINDOW later_here AS (
    PARTITION BY place ORDER BY start_second
    RANGE BETWEEN 0.000001 FOLLOWING AND $repeat_visit_days * 86400.0 FOLLOWING)
)
SELECT source_key AS entity_id, local_day(actual_start, region) AS day,
  segment, region, product, channel, crew,
  CASE
    WHEN coalesce(outcome, 'scheduled') <> 'completed' THEN 0
    WHEN same_order_later > 0 OR cause_code IS NULL AND all_later > 0 THEN 0
    WHEN cause_code IS NOT NULL AND (same_cause_later > 0 OR unexplained_later > 0) THEN 0
    ELSE 1
  END AS num,
  1 AS den,
  add_days(local_day(actual_start, region), $repeat_visit_days) AS matures_on
FROM followed
WHERE in_stream(stream_id, 'NCV-01') AND kind IN ('install', 'repair') AND nth = 1
  AND coalesce(outcome, 'scheduled') NOT IN ('no_access', 'cancelled')
  AND NOT coalesce(is_planned_multi, FALSE) AND planned_visits <= 1
