/* ---
stage: NCV-01.4
name: Scheduling efficiency
meaning: How often does the crew come on the day and in the arrival window first promised?
formula: installations begun on the first confirmed day inside the first promised arrival window / installations with a first confirmed day in the period
unit: fraction
direction: up
kind: proportion
basis: event
dateRule: day first confirmed to the customer
grain: first visit of an installation
entity: visit
datedBy: [first_sched_start]
tables: [visit, work_order]
together:
  order: { visit: wo_id, work_order: wo_id }
targets:
  - { value: 0.9, source: field-service practice }
exclusions:
  - appointments still to come on the as-of day
  - visits without a first confirmed date
  - repair, rework and maintenance jobs, and second visits; visits without a number are numbered in the order of their times
  - a move counts against the first date whoever asked for it, and so does a visit that never took place or was promised no window
source: schedule-kept rate against the first promise (field-service practice); the date confirmed last would make every job punctual
version: 1
--- */
SELECT visit.source_key AS entity_id, local_day(visit.first_sched_start, visit.region) AS day,
  visit.segment, visit.region, visit.product, visit.channel, visit.crew,
  CASE WHEN local_day(visit.actual_start, visit.region) = local_day(visit.first_sched_start, visit.region)
      AND visit.actual_start >= visit.window_start AND visit.actual_start <= visit.window_end
    THEN 1 ELSE 0 END AS num,
  1 AS den,
  NULL AS matures_on
FROM (
  SELECT *, first_sched_start < $as_of AS has_come,
    coalesce(visit_no, row_number() OVER (
      PARTITION BY wo_id ORDER BY coalesce(first_sched_start, sched_start, actual_start), visit_id)) AS nth
  FROM visit
) visit
JOIN work_order ON work_order.wo_id = visit.wo_id
WHERE in_stream(visit.stream_id, 'NCV-01') AND work_order.kind = 'install' AND visit.nth = 1
  AND visit.has_come
