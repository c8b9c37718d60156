/* ---
stage: NCV-02.2
name: Proposal win rate
meaning: What share of the proposals that come to a decision is accepted?
formula: opportunities whose latest proposal was accepted / those whose latest proposal was accepted, declined or expired
unit: fraction
direction: up
kind: proportion
basis: event
dateRule: day the latest proposal was accepted, declined or ran out
grain: opportunity with a proposal
entity: quote
datedBy: [accepted_at, declined_at, valid_until]
tables: [quote]
together:
  opportunity: { quote: "coalesce(opp_id, '')" }
settings: [quoteValidityDays]
targets:
  - { value: 0.25, source: '25 to 40 % (practice)' }
exclusions:
  - proposals still valid and not answered, which are neither won nor lost
  - silence past the validity counts as lost, so that no proposal stays open for ever; without a stated validity it is quoteValidityDays
  - proposals accepted on a day that nobody recorded
  - versions before the latest, which are the same offer
  - drafts that were never issued
source: accepted by decided proposals, one an opportunity, by month of decision (sales practice)
version: 1
--- */
WITH latest AS (
  SELECT *, coalesce(valid_until, add_days(issued_at, $quote_validity_days)) AS runs_out_at,
    accepted_at IS NULL AND declined_at IS NULL AND coalesce(valid_until, add_days(issued_at, $quote_validity_days)) < $as_of AS has_run_out,
    row_number() OVER (PARTITION BY opp_id ORDER BY coalesce(version, 0) DESC, issued_at DESC, quote_id DESC) AS from_last
  FROM quote
  WHERE in_stream(stream_id, 'NCV-02') AND issued_at IS NOT NULL
)
SELECT source_key AS entity_id,
  local_day(coalesce(accepted_at, declined_at, runs_out_at), region) AS day,
  segment, region, product, channel, crew,
  CASE WHEN accepted_at IS NOT NULL THEN 1 ELSE 0 END AS num,
  1 AS den,
  NULL AS matures_on
FROM latest
WHERE from_last = 1
  AND (accepted_at IS NOT NULL OR declined_at IS NOT NULL
    OR has_run_out AND coalesce(status, 'issued') <> 'accepted')
