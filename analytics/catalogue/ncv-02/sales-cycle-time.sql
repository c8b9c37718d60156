/* ---
stage: NCV-02.3
name: Sales cycle time
meaning: How long does it take from an opportunity to a signed charging contract?
formula: median of the days from opening the opportunity to signing its contract
unit: days
direction: down
kind: duration
basis: event
dateRule: day the contract was signed
grain: won opportunity
entity: opportunity
datedBy: [signed_at]
tables: [opportunity]
targets:
  - { segment: residential, value: 30, source: '14 to 30 days (practice)' }
  - { segment: commercial, value: 120, source: '60 to 120 days (practice)' }
  - { segment: fleet, value: 270, source: '120 to 270 days (practice)' }
exclusions:
  - lost and open opportunities, whose time to a decision is another measure
  - amendments, which change a contract and are no sale of their own
  - deals signed before they were opened, which are data errors
  - the close date of the source system, which is a forecast while the deal is open, is never used
  - residential takes days and fleets take months, so a pooled median follows the mix; compare segments
source: signing less opening in elapsed days of 24 hours; percentiles by linear interpolation (type 7)
version: 1
--- */
SELECT source_key AS entity_id, local_day(signed_at, region) AS day,
  segment, region, product, channel, crew,
  days_between(created_at, signed_at) AS num,
  1 AS den,
  NULL AS matures_on
FROM opportunity
WHERE in_stream(stream_id, 'NCV-02') AND outcome = 'won' AND amendment_of IS NULL AND signed_at >= created_at
