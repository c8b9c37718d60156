/* ---
stage: NCV-01.1
name: Marketing spend ROI
meaning: How much gross margin did each unit of marketing money earn beyond itself?
formula: (gross margin of the won deals of leads that came in the month − marketing spend of the month) / marketing spend of the month
unit: fraction
direction: up
kind: ratio
basis: cohort
dateRule: first day the money was spent for; for margin the day its lead came in, whenever the deal was won
maturity: attributionMonths (6) after the end of the month, for until then its leads may still bring deals
grain: spend line, and won deal of a lead
entity: marketing_spend
datedBy: [period_start]
tables: [marketing_spend, lead, opportunity]
together:
  opportunity: { lead: opportunity_id, opportunity: opp_id }
settings: [attributionMonths]
targets:
  - { value: 0, source: a campaign should earn back more than it costs }
exclusions:
  - deals signed attributionMonths or more after their lead came in
  - deals of channels on which no money is spent, so that organic wins are not credited to paid marketing
  - open deals, which have no margin yet, and won deals whose margin is not recorded
  - of several leads of one deal all but the last one, so that each margin is credited once
  - a month without spend has no return, neither 0 nor 100 %
source: return on marketing investment by lead month, last touch, six-month window (marketing accounting practice); revenue in place of margin is the companion return on ad spend
version: 1
--- */
WITH spent AS (
  SELECT source_key, period_start, segment, region, product, channel, crew,
    workspace_money(amount, currency, period_start) AS amount
  FROM marketing_spend
  WHERE in_stream(stream_id, 'NCV-01') AND day_start(period_start, NULL) < $as_of
),
touch AS (
  SELECT *, row_number() OVER (PARTITION BY opportunity_id ORDER BY created_at DESC, lead_id DESC) AS from_last
  FROM lead
  WHERE in_stream(stream_id, 'NCV-01') AND NOT coalesce(is_test, FALSE) AND opportunity_id IS NOT NULL
)
SELECT source_key AS entity_id, period_start AS day,
  segment, region, product, channel, crew,
  -amount AS num,
  amount AS den,
  add_months(month_end(period_start), $attribution_months) AS matures_on,
  'marketing_spend' AS entity_table
FROM spent
UNION ALL
SELECT deal.source_key AS entity_id, local_day(touch.created_at, touch.region) AS day,
  touch.segment, touch.region, touch.product, touch.channel, touch.crew,
  workspace_money(deal.gross_margin, deal.currency, local_day(deal.signed_at, deal.region)) AS num,
  0 AS den,
  add_months(month_end(local_day(touch.created_at, touch.region)), $attribution_months) AS matures_on,
  'opportunity' AS entity_table
FROM touch
JOIN opportunity deal ON deal.opp_id = touch.opportunity_id
WHERE touch.from_last = 1 AND touch.channel IN (SELECT channel FROM spent WHERE amount > 0)
  AND deal.outcome = 'won' AND deal.gross_margin IS NOT NULL
  AND deal.signed_at < add_months(touch.created_at, $attribution_months)
