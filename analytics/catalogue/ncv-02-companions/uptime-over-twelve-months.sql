/* ---
stage: NCV-02.7
name: Uptime over twelve months
meaning: Does the average charging port reach the uptime that the regulation asks for over the previous twelve months?
formula: (525,600 − counted outage minutes of the twelve months) / 525,600, each port at each month's end; the uptime profile says which outages count
unit: fraction
direction: up
kind: ratio
basis: event
dateRule: last day of the month with which the twelve months end
maturity: twelve months after the port went into service; the rule does not prorate, so a younger port is pending
grain: charging port at the end of one month
entity: asset
tables: [port_month]
settings: [uptimeProfile]
companionOf: ncv-02.7/uptime-of-chargers
targets:
  - { value: 0.97, source: '23 CFR 680.116(b), each port above 97 %' }
exclusions:
  - months that are not over
  - port-months at whose end the port had been in service for less than twelve months
  - over a quarter or a year it is the mean of the months' figures, each of twelve months
source: '23 CFR 680.116(b); 525,600 minutes stand for every year, leap years too'
version: 1
--- */
SELECT asset_id AS entity_id, month_end(month) AS day,
  segment, region, product, channel, crew,
  525600 - CASE $uptime_profile
    WHEN 'connected' THEN offline_min_12
    WHEN 'faultFree' THEN fault_min_12
    ELSE fault_min_12 + offline_min_12 - fault_excluded_min_12 - offline_excluded_min_12
  END AS num,
  525600 AS den,
  CASE WHEN add_months(service_day, 12) > add_days(month_end(month), 1) THEN add_months(service_day, 12) END AS matures_on
FROM port_month
WHERE in_stream(stream_id, 'NCV-02')
  AND day_start(add_days(month_end(month), 1), region) <= $as_of
  AND (add_months(service_day, 12) <= add_days(month_end(month), 1) OR day_start(add_months(service_day, 12), region) >= $as_of)
