/* ---
stage: NCV-02.2
name: Proposal cycle time
meaning: How long does a qualified customer wait for our proposal?
formula: median of the days from the lead's qualification to the first proposal issued for its opportunity
unit: days
direction: down
kind: duration
basis: event
dateRule: day the opportunity's first proposal was issued
grain: opportunity with a proposal
entity: quote
datedBy: [issued_at]
tables: [quote, lead]
together:
  opportunity: { quote: "coalesce(opp_id, '')", lead: opportunity_id }
targets:
  - { segment: residential, value: 2.8, source: '2 business days, as calendar days (practice)' }
  - { segment: commercial, value: 14, source: '10 business days, as calendar days (practice)' }
  - { segment: fleet, value: 28, source: '20 business days, as calendar days (practice)' }
exclusions:
  - revisions, which would restart the clock
  - opportunities whose lead is not known or was never qualified
  - proposals issued before the qualification, which are data errors
  - the wait for a site visit is contained; commercial and fleet need one and residential does not, so compare segments
source: first issue less qualification in elapsed days of 24 hours; percentiles by linear interpolation (type 7)
version: 1
--- */
WITH first_proposal AS (
  SELECT *, row_number() OVER (PARTITION BY opp_id ORDER BY issued_at, coalesce(version, 0), quote_id) AS in_order
  FROM quote
  WHERE in_stream(stream_id, 'NCV-02') AND issued_at IS NOT NULL
),
qualified AS (
  SELECT opportunity_id, min(qualified_at) AS qualified_at
  FROM lead
  WHERE opportunity_id IS NOT NULL AND qualified_at IS NOT NULL
  GROUP BY opportunity_id
)
SELECT first_proposal.source_key AS entity_id, local_day(issued_at, region) AS day,
  segment, region, product, channel, crew,
  days_between(qualified.qualified_at, issued_at) AS num,
  1 AS den,
  NULL AS matures_on
FROM first_proposal
JOIN qualified ON qualified.opportunity_id = first_proposal.opp_id
WHERE in_order = 1 AND issued_at >= qualified.qualified_at
