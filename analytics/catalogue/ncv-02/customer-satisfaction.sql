/* ---
stage: NCV-02.6
name: Customer satisfaction
meaning: What share of the customers who answer is satisfied with their new charger and its installation?
formula: answers in the upper quarter of their scale (4 or 5 of 5) / answers
unit: fraction
direction: up
kind: proportion
basis: event
dateRule: day the survey was answered
grain: last answer of a journey
entity: survey_response
datedBy: [responded_at]
tables: [survey_response]
together:
  answer: { survey_response: 'coalesce(case_id, survey_id)' }
settings: [surveyDays]
targets:
  - { value: 0.85, source: customer satisfaction in services (practice) }
exclusions:
  - surveys without an answer, which are missing and not neutral
  - answers more than surveyDays after the survey was sent, or to a survey with no record of being sent
  - all but the last answer of a journey, so that a fleet is one voice
  - other touchpoints, and the recommendation question (its companion is the net promoter score)
  - scores off their scale
source: 'CSAT, top two of five; other scales by their share: (score − least) / (greatest − least) of at least 0.75'
version: 1
--- */
SELECT source_key AS entity_id, local_day(responded_at, region) AS day,
  segment, region, product, channel, crew,
  CASE WHEN (score - least_score) / (greatest_score - least_score) >= 0.75 THEN 1 ELSE 0 END AS num,
  1 AS den,
  NULL AS matures_on
FROM (
  SELECT *, row_number() OVER (PARTITION BY coalesce(case_id, survey_id) ORDER BY responded_at DESC, survey_id DESC) AS from_last
  FROM (
    SELECT *, coalesce(scale_min, 1) AS least_score, coalesce(scale_max, 5) AS greatest_score
    FROM survey_response
    WHERE in_stream(stream_id, 'NCV-02') AND touchpoint = 'post_install' AND coalesce(instrument, 'csat') = 'csat'
      AND responded_at <= add_days(sent_at, $survey_days)
  ) answered
  WHERE least_score < greatest_score AND score BETWEEN least_score AND greatest_score
) answer
WHERE from_last = 1
