/* ---
stage: NCV-01.7
name: Support resolution time
meaning: How many business hours does a customer wait for us until a ticket is resolved?
formula: median of the business hours from opening to final resolution, less those spent waiting for the customer
unit: businessHours
direction: down
kind: duration
basis: event
dateRule: day the ticket was resolved for good
grain: resolved ticket
entity: support_ticket
datedBy: [resolved_at]
tables: [support_ticket, ticket_state]
together:
  ticket: { support_ticket: ticket_id, ticket_state: ticket_id }
settings: [vendorHoldPauses]
exclusions:
  - open tickets
  - spam, and tickets merged into another
  - tickets resolved before they were opened, which are data errors
  - the time until a ticket closes by itself after its resolution
  - waits for the customer, once where they overlap and only inside business hours; waits for a vendor only where vendorHoldPauses is set
  - hours outside the ticket's support calendar, weekends and holidays; a calendar that is not set up reads as the default one
source: resolution time net of customer holds in the support calendar (service-desk practice); percentiles by linear interpolation (type 7). Targets are the service levels by priority
version: 1
--- */
WITH calendar AS (SELECT DISTINCT calendar_id FROM business_clock),
ticket AS (
  SELECT support_ticket.*, coalesce(calendar.calendar_id, 'default') AS clock_id
  FROM support_ticket
  LEFT JOIN calendar ON calendar.calendar_id = support_ticket.calendar_id
  WHERE in_stream(stream_id, 'NCV-01') AND resolved_at >= opened_at
    AND merged_into IS NULL AND NOT coalesce(is_spam, FALSE)
),
pause AS (
  SELECT ticket.ticket_id, ticket.clock_id,
    greatest(ticket_state.start_at, ticket.opened_at) AS start_at,
    least(coalesce(ticket_state.end_at, ticket.resolved_at), ticket.resolved_at) AS end_at
  FROM ticket_state
  JOIN ticket ON ticket.ticket_id = ticket_state.ticket_id
  WHERE ticket_state.state = 'wait_customer' OR ticket_state.state = 'wait_vendor' AND $vendor_hold_pauses
),
paused_once AS (
  SELECT ticket_id, clock_id, end_at,
    greatest(start_at, coalesce(
      max(end_at) OVER (PARTITION BY ticket_id ORDER BY start_at, end_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
      start_at)) AS start_at
  FROM pause
  WHERE start_at < end_at
),
clock_reading AS (
  SELECT ticket_id, clock_id, opened_at AS moment, -1 AS sign FROM ticket
  UNION ALL SELECT ticket_id, clock_id, resolved_at AS moment, 1 AS sign FROM ticket
  UNION ALL SELECT ticket_id, clock_id, start_at AS moment, 1 AS sign FROM paused_once WHERE start_at < end_at
  UNION ALL SELECT ticket_id, clock_id, end_at AS moment, -1 AS sign FROM paused_once WHERE start_at < end_at
),
net AS (
  SELECT clock_reading.ticket_id,
    sum(sign * clock_seconds(seconds_before, opens_at, closes_at, moment)) / 3600 AS hours
  FROM clock_reading
  JOIN business_clock ON business_clock.calendar_id = clock_reading.clock_id
    AND business_clock.day = calendar_day(clock_reading.moment, clock_reading.clock_id)
  GROUP BY clock_reading.ticket_id
)
SELECT ticket.source_key AS entity_id, local_day(ticket.resolved_at, ticket.region) AS day,
  ticket.segment, ticket.region, ticket.product, ticket.channel, ticket.crew,
  greatest(net.hours, 0) AS num,
  1 AS den,
  NULL AS matures_on
FROM ticket
JOIN net ON net.ticket_id = ticket.ticket_id
