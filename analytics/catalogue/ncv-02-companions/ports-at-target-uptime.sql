/* ---
stage: NCV-02.7
name: Ports at target uptime
meaning: What share of the charging ports was usable for at least 97 % of the month?
formula: ports with an uptime of 97 % or more in the month / ports observed in the month; the uptime profile says which outages count
unit: fraction
direction: up
kind: proportion
basis: event
dateRule: last observed day of the port in the month
grain: charging port in one month
entity: asset
tables: [port_month]
settings: [uptimeProfile]
companionOf: ncv-02.7/uptime-of-chargers
exclusions:
  - ports never observed in the month
  - a mean hides ports that are down for weeks; here each port is one case
source: 23 CFR 680.116(b) judges every port by itself
version: 1
--- */
SELECT asset_id AS entity_id, last_observed_day AS day,
  segment, region, product, channel, crew,
  CASE WHEN in_service_min - unobserved_min - CASE $uptime_profile
    WHEN 'connected' THEN offline_min
    WHEN 'faultFree' THEN fault_min
    ELSE fault_min + offline_min - fault_excluded_min - offline_excluded_min
  END >= 0.97 * (in_service_min - unobserved_min) THEN 1 ELSE 0 END AS num,
  1 AS den,
  NULL AS matures_on
FROM port_month
WHERE in_stream(stream_id, 'NCV-02') AND in_service_min > unobserved_min
