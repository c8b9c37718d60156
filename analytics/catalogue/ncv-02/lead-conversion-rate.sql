/* ---
stage: NCV-02.1
name: Lead conversion rate
meaning: What share of the people who ask for a charging solution becomes a sales opportunity?
formula: net new leads converted to an opportunity within leadConversionDays (fleet leadConversionDaysFleet) of coming in / net new leads
unit: fraction
direction: up
kind: proportion
basis: cohort
dateRule: day the lead came in
maturity: leadConversionDays (60), for fleet leadConversionDaysFleet (120), after the lead came in; until then a lead is pending
grain: lead
entity: lead
datedBy: [created_at]
tables: [lead]
together:
  email: { lead: email_hash }
  phone: { lead: phone_hash }
settings: [leadDuplicateDays, leadConversionDays, leadConversionDaysFleet]
exclusions:
  - test leads, leads outside the service area and duplicates, whose conversion would count one person twice
  - a conversion after the window counts as not converted
  - conversions are counted with the lead's own month, never with the month in which they happen
  - fleets decide slowly, so a pooled figure follows the mix; compare segments
source: leads converted by leads created, by month of creation (marketing practice); ends at the opportunity, not at the sale. No published figure fits, so the own baseline is the yardstick
version: 1
--- */
SELECT source_key AS entity_id, local_day(created_at, region) AS day,
  segment, region, product, channel, crew,
  CASE WHEN converted_at <= add_days(created_at, window_days) THEN 1 ELSE 0 END AS num,
  1 AS den,
  add_days(local_day(created_at, region), window_days) AS matures_on
FROM (
  SELECT *, CASE WHEN segment = 'fleet' THEN $lead_conversion_days_fleet ELSE $lead_conversion_days END AS window_days,
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
