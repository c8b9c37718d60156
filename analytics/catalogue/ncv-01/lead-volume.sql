/* ---
stage: NCV-01.1
name: Lead volume
meaning: How many new people asked for a smart home solution?
formula: number of net new leads, one for each person however often they ask
unit: count
direction: up
kind: count
basis: event
dateRule: day the lead came in
grain: lead
entity: lead
datedBy: [created_at]
tables: [lead]
together:
  email: { lead: email_hash }
  phone: { lead: phone_hash }
settings: [leadDuplicateDays]
exclusions:
  - test and spam leads, which are nobody's enquiry
  - leads from addresses where the service is not offered
  - leads that the source system marks as a duplicate of another
  - leads of a person (same email or same phone) whose lead before came at most leadDuplicateDays earlier, so that forms sent twice count once
source: distinct new leads by creation date; duplicates by normalised email or phone within 90 days (marketing practice). Target is the plan of the business
version: 1
--- */
SELECT source_key AS entity_id, local_day(created_at, region) AS day,
  segment, region, product, channel, crew,
  1 AS num,
  NULL AS den,
  NULL AS matures_on
FROM (
  SELECT *,
    CASE WHEN email_hash IS NOT NULL
      THEN days_between(lag(created_at) OVER (PARTITION BY email_hash ORDER BY created_at, lead_id), created_at) END AS days_since_email,
    CASE WHEN phone_hash IS NOT NULL
      THEN days_between(lag(created_at) OVER (PARTITION BY phone_hash ORDER BY created_at, lead_id), created_at) END AS days_since_phone
  FROM lead
  WHERE in_stream(stream_id, 'NCV-01') AND NOT coalesce(is_test, FALSE) AND coalesce(serviceable, TRUE)
) enquiry
WHERE is_duplicate_of IS NULL
  AND coalesce(days_since_email > $lead_duplicate_days, TRUE)
  AND coalesce(days_since_phone > $lead_duplicate_days, TRUE)
