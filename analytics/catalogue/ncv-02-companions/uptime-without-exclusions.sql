/* ---
stage: NCV-02.7
name: Uptime without exclusions
meaning: What share of the time could a charging port be used, whatever the cause of an outage?
formula: (observed minutes − minutes faulted or out of contact) / observed minutes of all ports
unit: fraction
direction: up
kind: ratio
basis: event
dateRule: business day of the port's region on which the minutes lie
grain: charging port on one day
entity: asset
tables: [port_day]
companionOf: ncv-02.7/uptime-of-chargers
exclusions:
  - minutes before a port's service, after its retirement and outside its hours of operation
  - minutes in which nothing could be known
source: what the driver meets, beside the figure of 23 CFR 680.116(b), which excuses causes outside the operator's control
version: 1
--- */
SELECT asset_id AS entity_id, day,
  segment, region, product, channel, crew,
  in_service_min - unobserved_min - fault_min - offline_min AS num,
  in_service_min - unobserved_min AS den,
  NULL AS matures_on
FROM port_day
WHERE in_stream(stream_id, 'NCV-02') AND in_service_min > unobserved_min
