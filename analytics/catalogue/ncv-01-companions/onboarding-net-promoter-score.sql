/* ---
stage: NCV-01.6
name: Onboarding net promoter score
companionOf: ncv-01.6/customer-onboarding-satisfaction
meaning: By how much do customers who would recommend us outnumber those who would not?
formula: (answers of 9 or 10 − answers of 0 to 6) / answers, on a scale of 0 to 10
unit: fraction
direction: up
kind: ratio
basis: event
dateRule: day the survey was answered
grain: last answer of a journey
entity: survey_response
datedBy: [responded_at]
tables: [survey_response]
together:
  answer: { survey_response: 'coalesce(case_id, survey_id)' }
settings: [surveyDays]
exclusions:
  - surveys without an answer, and answers more than surveyDays after the survey was sent
  - all but the last answer of a journey
  - other touchpoints and questions, and answers that are no number from 0 to 10
source: net promoter score (Reichheld, 2003), as a fraction from −1 to 1
version: 1
--- */
SELECT source_key AS entity_id, local_day(responded_at, region) AS day,
  segment, region, product, channel, crew,
  CASE WHEN score >= 9 THEN 1 WHEN score <= 6 THEN -1 ELSE 0 END AS num,
  1 AS den,
  NULL AS matures_on
FROM (
  SELECT *, row_number() OVER (PARTITION BY coalesce(case_id, survey_id) ORDER BY responded_at DESC, survey_id DESC) AS from_last
  FROM survey_response
  WHERE in_stream(stream_id, 'NCV-01') AND touchpoint = 'onboarding' AND instrument = 'nps'
    AND score BETWEEN 0 AND 10 AND responded_at <= add_days(sent_at, $survey_days)
) answer
WHERE from_last = 1
