/* ---
stage: NCV-01.6
name: Platform activation rate
meaning: How many homes are truly live on the platform soon after installation?
formula: installations with an active platform account and every device online for 24 hours within activationDays of completion / installations completed
unit: fraction
direction: up
kind: proportion
basis: cohort
dateRule: day the installation was complete
maturity: activationDays (14) after completion; until then an installation is pending
grain: installation work order
entity: work_order
datedBy: [completed_at]
tables: [work_order, activation_step, asset]
together:
  order: { work_order: wo_id }
  case: { work_order: case_id, asset: case_id, activation_step: case_id }
settings: [activationDays]
targets:
  - { value: 0.95, source: smart-home practice }
exclusions:
  - installations not complete yet
  - an account that is merely created is not active, and failed or skipped activations do not count
  - an activation before completion counts as in time
  - homes count, not devices; where the number of devices is not recorded, all hubs and devices of the journey must be online
source: home-level activation within 14 days of completion (smart-home practice)
version: 1
--- */
WITH installation AS (
  SELECT *, add_days(completed_at, $activation_days) AS due_at
  FROM work_order
  WHERE in_stream(stream_id, 'NCV-01') AND kind = 'install' AND completed_at IS NOT NULL
),
account AS (
  SELECT case_id, min(done_at) AS active_at
  FROM activation_step
  WHERE step = 'platform_active' AND result = 'pass'
  GROUP BY case_id
),
device AS (
  SELECT installation.wo_id, count(*) AS installed,
    sum(CASE WHEN add_hours(asset.first_online_at, 24) <= installation.due_at THEN 1 ELSE 0 END) AS online
  FROM installation
  JOIN asset ON asset.case_id = installation.case_id
  WHERE asset.kind IN ('hub', 'device')
  GROUP BY installation.wo_id
)
SELECT installation.source_key AS entity_id, local_day(installation.completed_at, installation.region) AS day,
  installation.segment, installation.region, installation.product, installation.channel, installation.crew,
  CASE WHEN account.active_at <= installation.due_at
      AND coalesce(device.online, 0) >= coalesce(installation.device_count, device.installed, 0)
    THEN 1 ELSE 0 END AS num,
  1 AS den,
  add_days(local_day(installation.completed_at, installation.region), $activation_days) AS matures_on
FROM installation
LEFT JOIN account ON account.case_id = installation.case_id
LEFT JOIN device ON device.wo_id = installation.wo_id
