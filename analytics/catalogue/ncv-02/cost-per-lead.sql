/* ---
stage: NCV-02.1
name: Cost per lead
meaning: What does one new lead for a charging solution cost in marketing?
formula: marketing spend / net new leads, however they came
unit: currency
direction: down
kind: ratio
basis: event
dateRule: first day of the period the money was spent for; day the lead came in
grain: spend line and lead
entity: marketing_spend
datedBy: [period_start]
tables: [marketing_spend, lead]
together:
  email: { lead: email_hash }
  phone: { lead: phone_hash }
  spend: { marketing_spend: spend_id }
settings: [leadDuplicateDays]
targets:
  - { value: 70, source: 'paid search across industries, about 70 USD (practice)' }
exclusions:
  - leads that cost nothing share the spend; the cost of those from paid channels alone is a companion, and each channel's own shows by channel
  - test leads, leads outside the service area and duplicates
  - spend in a currency without a rate for its month
  - a period with spend and no leads has no value, rather than zero
source: Σ spend by Σ new leads, never the mean of row values (marketing practice); spend by the period it was spent for, not by invoice
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
SELECT source_key AS entity_id, local_day(created_at, region) AS day,
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
