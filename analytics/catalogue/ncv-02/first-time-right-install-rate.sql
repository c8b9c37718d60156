/* ---
stage: NCV-02.4
name: First-time-right install rate
meaning: What share of the installations is right at the first inspection and stays right?
formula: installations that passed the first inspection and needed no rework for reasons of installation within reworkDays / installations completed
unit: fraction
direction: up
kind: proportion
basis: cohort
dateRule: day the installation was completed
maturity: reworkDays (30) after completion
grain: installation work order, one a charger
entity: work_order
datedBy: [completed_at]
tables: [work_order]
together:
  asset: { work_order: asset_id }
  site: { work_order: site_id }
settings: [reworkDays]
targets:
  - { value: 0.9, source: '90 to 95 % (practice)' }
exclusions:
  - installations where the inspector did not come, which says nothing about the work
  - repairs for other causes than the installation; rework always counts
  - rework is found by the charger, or by the site where no charger is named, and not by the order, so that a new order number does not hide it; rework asked for before completion counts too
  - an installation without the result of an inspection is not right the first time
source: passed at first attempt and no rework within 30 days (installation practice); unlike the first-time fix rate it includes the inspection
version: 1
--- */
WITH redone AS (
  SELECT asset_id, site_id, created_at
  FROM work_order
  WHERE kind = 'rework' OR kind = 'repair' AND lower(defect_cause) LIKE 'install%'
),
install AS (
  SELECT *
  FROM work_order
  WHERE in_stream(stream_id, 'NCV-02') AND kind = 'install' AND completed_at IS NOT NULL
    AND coalesce(inspection_first_result, '') <> 'no_show'
),
spoiled AS (
  SELECT DISTINCT install.wo_id
  FROM install
  JOIN redone ON redone.asset_id = install.asset_id
    OR (redone.asset_id IS NULL OR install.asset_id IS NULL) AND redone.site_id = install.site_id
  WHERE redone.created_at >= install.created_at AND redone.created_at <= add_days(install.completed_at, $rework_days)
)
SELECT install.source_key AS entity_id, local_day(install.completed_at, install.region) AS day,
  install.segment, install.region, install.product, install.channel, install.crew,
  CASE WHEN install.inspection_first_result = 'pass' AND spoiled.wo_id IS NULL THEN 1 ELSE 0 END AS num,
  1 AS den,
  add_days(local_day(install.completed_at, install.region), $rework_days) AS matures_on
FROM install
LEFT JOIN spoiled ON spoiled.wo_id = install.wo_id
