/* ---
stage: NCV-02.7
name: Outage length
meaning: How long does an outage of a charging port last?
formula: median of the hours from the moment a port cannot be used until it can again; the mean is the mean time to repair
unit: hours
direction: down
kind: duration
basis: event
dateRule: day of the port's region on which the outage ended
grain: ended outage of one port
entity: asset
tables: [port_state]
companionOf: ncv-02.7/uptime-of-chargers
exclusions:
  - outages that still last
  - a fault that turns into silence, or the other way round, is one outage
  - an outage is seen to end where the hours of operation end or nothing can be known any more
  - excusable causes, which are contained, for a driver stands before the port all the same
source: outage minutes by outages (maintenance practice). An outage is no ticket, whose time begins and ends elsewhere
version: 1
--- */
SELECT asset_id AS entity_id, local_day(max(end_at), region) AS day,
  segment, region, product, channel, crew,
  hours_between(since_at, max(end_at)) AS num,
  1 AS den,
  NULL AS matures_on
FROM port_state
WHERE state IN ('down', 'offline')
  AND in_stream(stream_id, 'NCV-02')
GROUP BY asset_id, since_at, segment, region, product, channel, crew
HAVING count(end_at) = count(*)
