/* ---
stage: NCV-02.1
name: Lead to won rate
meaning: What share of the people who ask for a charging solution ends in a signed contract?
formula: net new leads whose opportunity was won and signed within attributionMonths of the lead / net new leads
unit: fraction
direction: up
kind: proportion
basis: cohort
dateRule: day the lead came in
maturity: attributionMonths (6) after the lead came in
grain: lead
entity: lead
datedBy: [created_at]
tables: [lead, opportunity]
together:
  email: { lead: email_hash }
  phone: { lead: phone_hash }
  opportunity: { lead: opportunity_id, opportunity: opp_id }
settings: [leadDuplicateDays, attributionMonths]
companionOf: ncv-02.1/lead-conversion-rate
exclusions:
  - test leads, leads outside the service area and duplicates
  - contracts signed after the window, which are many among fleets; compare segments
source: end-to-end conversion beside the conversion to an opportunity (marketing practice); the window is that of attribution
version: 1
--- */
SELECT new_lead.source_key AS entity_id, local_day(new_lead.created_at, new_lead.region) AS day,
  new_lead.segment, new_lead.region, new_lead.product, new_lead.channel, new_lead.crew,
  CASE WHEN opportunity.outcome = 'won' AND opportunity.signed_at < add_months(new_lead.created_at, $attribution_months) THEN 1 ELSE 0 END AS num,
  1 AS den,
  CAST(add_months(local_day(new_lead.created_at, new_lead.region), $attribution_months) AS DATE) AS matures_on
FROM (
  SELECT *
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
) new_lead
LEFT JOIN opportunity ON opportunity.opp_id = new_lead.opportunity_id
