/* ---
stage: NCV-01.1
name: Lead quality
meaning: What share of the leads that marketing qualified does sales accept?
formula: net new leads that sales accepted within leadAcceptanceDays of marketing's qualification / net new leads that marketing qualified
unit: fraction
direction: up
kind: proportion
basis: cohort
dateRule: day marketing qualified the lead
maturity: leadAcceptanceDays (30) after marketing qualified it; until then a lead is neither accepted nor refused
grain: lead
entity: lead
datedBy: [mql_at]
tables: [lead]
together:
  email: { lead: email_hash }
  phone: { lead: phone_hash }
overall:
  acceptance_is_recorded: |
    SELECT count(sql_at) > 0 FROM lead
    WHERE in_stream(stream_id, 'NCV-01') AND NOT coalesce(is_test, FALSE) AND coalesce(serviceable, TRUE)
settings: [leadDuplicateDays, leadAcceptanceDays]
exclusions:
  - leads that marketing never qualified
  - test leads, leads outside the service area and duplicates, as in lead volume
  - acceptance after the window, which counts as not accepted; where the source records acceptance of no lead at all, its qualification stands in
  - acceptances are counted with the lead's own month, never with the month in which they happen
source: MQL-to-SQL acceptance. Published figures (13 to 22 %) follow each firm's definition, so the own baseline is the yardstick and no target is set
version: 1
--- */
SELECT source_key AS entity_id, local_day(mql_at, region) AS day,
  segment, region, product, channel, crew,
  CASE WHEN accepted_at <= add_days(mql_at, $lead_acceptance_days) THEN 1 ELSE 0 END AS num,
  1 AS den,
  add_days(local_day(mql_at, region), $lead_acceptance_days) AS matures_on
FROM (
  SELECT *, CASE WHEN $acceptance_is_recorded THEN sql_at ELSE qualified_at END AS accepted_at,
    CASE WHEN email_hash IS NOT NULL
      THEN days_between(lag(created_at) OVER (PARTITION BY email_hash ORDER BY created_at, lead_id), created_at) END AS days_since_email,
    CASE WHEN phone_hash IS NOT NULL
      THEN days_between(lag(created_at) OVER (PARTITION BY phone_hash ORDER BY created_at, lead_id), created_at) END AS days_since_phone
  FROM lead
  WHERE in_stream(stream_id, 'NCV-01') AND NOT coalesce(is_test, FALSE) AND coalesce(serviceable, TRUE)
) enquiry
WHERE mql_at IS NOT NULL AND is_duplicate_of IS NULL
  AND coalesce(days_since_email > $lead_duplicate_days, TRUE)
  AND coalesce(days_since_phone > $lead_duplicate_days, TRUE)
