/* ---
stage: NCV-02.7
name: Uptime of chargers
meaning: What share of the time could a charging port be used?
formula: (observed minutes − counted outage minutes) / observed minutes of all ports; the uptime profile says which outages count
unit: fraction
direction: up
kind: ratio
basis: event
dateRule: business day of the port's region on which the minutes lie
grain: charging port on one day
entity: asset
tables: [port_day]
settings: [uptimeProfile]
targets:
  - { value: 0.97, source: '23 CFR 680.116(b), each port above 97 %' }
exclusions:
  - minutes before a port's service, after its retirement and outside its hours of operation
  - minutes in which nothing could be known, such as silence of the collector; they leave numerator and denominator alike
  - 'profile connected: faults, for only being out of contact counts; nothing is excused'
  - 'profile faultFree: being out of contact, for only faults count; nothing is excused'
  - 'profile nevi: of faults and being out of contact, the minutes with an approved excusable cause (grid, vehicle, maintenance, vandalism, disaster)'
  - uptime says nothing of whether sessions succeed
source: 23 CFR 680.116(b), over observed minutes in place of the year's 525,600; the regulation's own form is the companion over twelve months
version: 1
--- */
SELECT asset_id AS entity_id, day,
  segment, region, product, channel, crew,
  in_service_min - unobserved_min - CASE $uptime_profile
    WHEN 'connected' THEN offline_min
    WHEN 'faultFree' THEN fault_min
    ELSE fault_min + offline_min - fault_excluded_min - offline_excluded_min
  END AS num,
  in_service_min - unobserved_min AS den,
  NULL AS matures_on
FROM port_day
WHERE in_stream(stream_id, 'NCV-02') AND in_service_min > unobserved_min
