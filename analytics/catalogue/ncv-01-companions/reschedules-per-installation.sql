/* ---
stage: NCV-01.4
name: Reschedules per installation
companionOf: ncv-01.4/scheduling-efficiency
meaning: How often is an installation moved before it takes place?
formula: sum of moves of the first visit / installations with a first confirmed day in the period
unit: count
direction: down
kind: mean
basis: event
dateRule: day first confirmed to the customer
grain: first visit of an installation
entity: visit
datedBy: [first_sched_start]
tables: [visit, work_order]
together:
  order: { visit: wo_id, work_order: wo_id }
exclusions:
  - appointments still to come on the as-of day
  - visits whose number of moves is not recorded
  - repair, rework and maintenance jobs, and second visits; visits without a number are numbered in the order of their times
source: reschedules per job (field-service practice)
version: 1
--- */
SELECT visit.source_key AS entity_id, local_day(visit.first_sched_start, visit.region) AS day,
  visit.segment, visit.region, visit.product, visit.channel, visit.crew,
  visit.resched_count AS num,
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
  AND visit.has_come AND visit.resched_count IS NOT NULL
