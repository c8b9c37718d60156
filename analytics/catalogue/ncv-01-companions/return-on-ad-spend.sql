/* ---
stage: NCV-01.1
name: Return on ad spend
companionOf: ncv-01.1/marketing-spend-roi
meaning: How much revenue did each unit of marketing money bring?
formula: value of the won deals of leads that came in the month / marketing spend of the month
unit: fraction
direction: up
kind: ratio
basis: cohort
dateRule: first day the money was spent for; for revenue the day its lead came in, whenever the deal was won
maturity: attributionMonths (6) after the end of the month, for until then its leads may still bring deals
grain: spend line, and won deal of a lead
entity: marketing_spend
datedBy: [period_start]
tables: [marketing_spend, lead, opportunity]
together:
  opportunity: { lead: opportunity_id, opportunity: opp_id }
settings: [attributionMonths]
targets:
  - { value: 5, source: five of revenue for one of spend (rule of thumb) }
exclusions:
  - the same as for marketing spend ROI; won deals without a recorded value
  - revenue is not margin, so this figure says nothing about profit
source: revenue by spend (ROAS), last touch, six-month window (marketing practice)
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
  0 AS num,
  amount AS den,
  add_months(month_end(period_start), $attribution_months) AS matures_on,
  'marketing_spend' AS entity_table
FROM spent
UNION ALL
SELECT deal.source_key AS entity_id, local_day(touch.created_at, touch.region) AS day,
  touch.segment, touch.region, touch.product, touch.channel, touch.crew,
  workspace_money(deal.amount_net, deal.currency, local_day(deal.signed_at, deal.region)) AS num,
  0 AS den,
  add_months(month_end(local_day(touch.created_at, touch.region)), $attribution_months) AS matures_on,
  'opportunity' AS entity_table
FROM touch
JOIN opportunity deal ON deal.opp_id = touch.opportunity_id
WHERE touch.from_last = 1 AND touch.channel IN (SELECT channel FROM spent WHERE amount > 0)
  AND deal.outcome = 'won' AND deal.amount_net IS NOT NULL
  AND deal.signed_at < add_months(touch.created_at, $attribution_months)
