/* ---
stage: NCV-02.6
name: Net promoter score
meaning: How far do customers who would recommend us outnumber those who would not?
formula: share of answers 9 or 10 less share of answers 0 to 6, on the scale from 0 to 10
unit: fraction
direction: up
kind: mean
basis: event
dateRule: day the survey was answered
grain: last answer of a journey
entity: survey_response
datedBy: [responded_at]
tables: [survey_response]
together:
  answer: { survey_response: 'coalesce(case_id, survey_id)' }
settings: [surveyDays]
companionOf: ncv-02.6/customer-satisfaction
exclusions:
  - surveys without an answer
  - answers more than surveyDays after the survey was sent, or to a survey with no record of being sent
  - all but the last answer of a journey
  - answers off the scale from 0 to 10
source: 'net promoter score; its margin is that of a mean of +1, 0 and −1. Utilities average +15 points (Temkin 2018)'
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
  WHERE in_stream(stream_id, 'NCV-02') AND touchpoint = 'post_install' AND instrument = 'nps'
    AND responded_at <= add_days(sent_at, $survey_days) AND score BETWEEN 0 AND 10
) answer
WHERE from_last = 1
