/* ---
stage: NCV-02.4
name: Installation time
meaning: How long does a customer wait from the sales order until the charger is installed and inspected?
formula: median of the days from the sales order to the later of completion and passed inspection
unit: days
direction: down
kind: duration
basis: event
dateRule: day on which the job was both complete and inspected
grain: installation work order
entity: work_order
datedBy: [completed_at, inspected_at]
tables: [work_order]
targets:
  - { segment: residential, value: 30, source: 'up to 30 days (practice)' }
  - { segment: commercial, value: 180, source: '90 to 180 days (practice)' }
exclusions:
  - jobs not complete or not inspected yet
  - jobs finished before they were ordered, which are data errors
  - repair, rework and maintenance
  - waits for permits and for the utility are contained, for the customer waits through them; hours on site are another measure
  - a job counts once, however many chargers it sets up
source: elapsed days of 24 hours from order to installed and inspected (installation practice); percentiles by linear interpolation (type 7)
version: 1
--- */
SELECT source_key AS entity_id, local_day(greatest(completed_at, inspected_at), region) AS day,
  segment, region, product, channel, crew,
  days_between(created_at, greatest(completed_at, inspected_at)) AS num,
  1 AS den,
  NULL AS matures_on
FROM work_order
WHERE in_stream(stream_id, 'NCV-02') AND kind = 'install'
  AND completed_at IS NOT NULL AND inspected_at IS NOT NULL
  AND greatest(completed_at, inspected_at) >= created_at
