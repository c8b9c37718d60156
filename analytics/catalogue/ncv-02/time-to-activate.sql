/* ---
stage: NCV-02.5
name: Time to activate
meaning: How long after its installation can a charger really be used?
formula: median of the hours from completed installation until the charger has been online and has served a first session
unit: hours
direction: down
kind: duration
basis: event
dateRule: day on which the charger had both been online and served a session
grain: charger
entity: asset
datedBy: [first_online_at, first_session_at]
tables: [asset, work_order]
together:
  asset: { asset: asset_id, work_order: asset_id }
targets:
  - { segment: residential, value: 24, source: 'up to 1 day (practice)' }
  - { segment: commercial, value: 168, source: 'up to 5 business days, as calendar hours (practice)' }
exclusions:
  - chargers not online or without a session (or test transaction) yet; being switched on is not being active
  - chargers in use before their installation was complete, which says the session came before the paperwork
  - installations that name no charger
source: later of first online and first session less completion (commissioning practice); percentiles by linear interpolation (type 7)
version: 1
--- */
WITH install AS (
  SELECT *, row_number() OVER (PARTITION BY asset_id ORDER BY completed_at, wo_id) AS in_order
  FROM work_order
  WHERE in_stream(stream_id, 'NCV-02') AND kind = 'install' AND completed_at IS NOT NULL AND asset_id IS NOT NULL
),
active AS (
  SELECT asset_id, source_key, greatest(first_online_at, first_session_at) AS active_at
  FROM asset
  WHERE first_online_at IS NOT NULL AND first_session_at IS NOT NULL
)
SELECT active.source_key AS entity_id, local_day(active.active_at, install.region) AS day,
  install.segment, install.region, install.product, install.channel, install.crew,
  hours_between(install.completed_at, active.active_at) AS num,
  1 AS den,
  NULL AS matures_on
FROM active
JOIN install ON install.asset_id = active.asset_id
WHERE install.in_order = 1 AND active.active_at >= install.completed_at
