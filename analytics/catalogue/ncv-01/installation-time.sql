/* ---
stage: NCV-01.5
name: Installation time
meaning: How many hours on site does an installation take?
formula: median of the hours on site, added up over all visits of the job, less logged pauses
unit: hours
direction: down
kind: duration
basis: event
dateRule: day the work was complete
grain: installation work order
entity: work_order
datedBy: [completed_at]
tables: [work_order, visit]
together:
  order: { visit: wo_id, work_order: wo_id }
settings: [longestVisitMinutes]
exclusions:
  - jobs not complete yet
  - jobs with a visit longer than longestVisitMinutes, which is a clock left running
  - jobs with a visit that has no end or ends before it begins, whose time is unknown
  - jobs without any timed visit
  - travel, and repair, rework and maintenance jobs
source: elapsed on-site time over all visits (field-service practice); percentiles by linear interpolation (type 7). The target is the product's standard time
version: 1
--- */
WITH on_site AS (
  SELECT wo_id,
    sum(minutes_between(actual_start, actual_end) - coalesce(pause_min, 0)) AS minutes,
    sum(CASE WHEN minutes_between(actual_start, actual_end) BETWEEN 0 AND $longest_visit_minutes THEN 0 ELSE 1 END) AS doubtful,
    first_by(crew, actual_start) AS crew
  FROM visit
  WHERE actual_start IS NOT NULL
  GROUP BY wo_id
)
SELECT work_order.source_key AS entity_id, local_day(work_order.completed_at, work_order.region) AS day,
  work_order.segment, work_order.region, work_order.product, work_order.channel, on_site.crew,
  on_site.minutes / 60 AS num,
  1 AS den,
  NULL AS matures_on
FROM work_order
JOIN on_site ON on_site.wo_id = work_order.wo_id
WHERE in_stream(work_order.stream_id, 'NCV-01') AND work_order.kind = 'install' AND work_order.completed_at IS NOT NULL
  AND on_site.doubtful = 0 AND on_site.minutes >= 0
