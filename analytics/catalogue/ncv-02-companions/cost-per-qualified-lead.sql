/* ---
stage: NCV-02.1
name: Cost per qualified lead
meaning: What does one lead that is fit for an offer cost in marketing?
formula: marketing spend / net new leads found qualified, however they came
unit: currency
direction: down
kind: ratio
basis: event
dateRule: first day of the period the money was spent for; day the lead was found qualified
grain: spend line and qualified lead
entity: marketing_spend
datedBy: [period_start]
tables: [marketing_spend, lead]
together:
  email: { lead: email_hash }
  phone: { lead: phone_hash }
  spend: { marketing_spend: spend_id }
settings: [leadDuplicateDays]
companionOf: ncv-02.1/cost-per-lead
exclusions:
  - leads not qualified, which cheap channels bring in numbers
  - test leads, leads outside the service area and duplicates
source: Σ spend by Σ qualified leads (marketing practice)
version: 2
--- */
SELECT source_key AS entity_id, period_start AS day,
  segment, region, product, channel, crew,
  workspace_money(amount, currency, period_start) AS num,
  0 AS den,
  NULL AS matures_on,
  'marketing_spend' AS entity_table
FROM marketing_spend
WHERE in_stream(stream_id, 'NCV-02') AND day_start(period_start, region) < $as_of
  AND workspace_money(amount, currency, period_start) IS NOT NULL
UNION ALL
SELECT source_key AS entity_id, local_day(qualified_at, region) AS day,
  segment, region, product, channel, crew,
  0 AS num,
  1 AS den,
  NULL AS matures_on,
  'lead' AS entity_table
FROM (
  SELECT *,
    CASE WHEN email_hash IS NOT NULL
      THEN days_between(lag(created_at) OVER (PARTITION BY email_hash ORDER BY created_at, lead_id), created_at) END AS days_since_email,
    CASE WHEN phone_hash IS NOT NULL
      THEN days_between(lag(created_at) OVER (PARTITION BY phone_hash ORDER BY created_at, lead_id), created_at) END AS days_since_phone
  FROM lead
  WHERE in_stream(stream_id, 'NCV-02') AND NOT coalesce(is_test, FALSE) AND coalesce(serviceable, TRUE)
) enquiry
WHERE is_duplicate_of IS NULL
  AND coalesce(days_since_email > $lead_duplicate_days, TRUE)
  AND coalesce(days_since_phone > $lead_duplicate_days, TRUE)
  AND qualified_at IS NOT NULL
