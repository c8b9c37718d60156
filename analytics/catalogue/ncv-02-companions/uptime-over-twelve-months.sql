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
WITH spent AS (
  SELECT *,
    CASE $uptime_profile
      WHEN 'connected' THEN offline_min
      WHEN 'faultFree' THEN fault_min
      ELSE fault_min + offline_min - fault_excluded_min - offline_excluded_min
    END AS counted
  FROM port_month
  WHERE in_stream(stream_id, 'NCV-02')
),
trailing_year AS (
  SELECT *,
    sum(counted) OVER (PARTITION BY asset_id ORDER BY year(month) * 12 + month(month) RANGE BETWEEN 11 PRECEDING AND CURRENT ROW) AS counted_12,
    CAST(add_months(min(first_day) OVER (PARTITION BY asset_id), 12) AS DATE) AS year_full_on
  FROM spent
)
SELECT asset_id AS entity_id, month_end(month) AS day,
  segment, region, product, channel, crew,
  525600 - counted_12 AS num,
  525600 AS den,
  CASE WHEN year_full_on > add_days(month_end(month), 1) THEN year_full_on END AS matures_on
FROM trailing_year
WHERE month_end(month) < local_day($as_of, region)
  AND (year_full_on <= add_days(month_end(month), 1) OR day_start(year_full_on, region) >= $as_of)
