/* ---
stage: NCV-02.6
name: Onboarding completion rate
meaning: What share of the customers completes everything required of them after activation?
formula: customers who completed every step required of them within onboardingDays of activation / customers activated of whom a step is required
unit: fraction
direction: up
kind: proportion
basis: cohort
dateRule: day the customer's first charger was activated
maturity: onboardingDays (30) after activation
grain: customer's journey
entity: asset
datedBy: [activated_at, first_online_at, first_session_at]
tables: [asset, activation_step]
together:
  case: { asset: case_id, activation_step: case_id }
settings: [onboardingDays]
targets:
  - { value: 0.9, source: practice for customer onboarding }
exclusions:
  - customers of whom no step is required
  - steps that are not required of the customer, whose set differs by segment
  - invitations and failed attempts, which complete nothing
  - steps done after the window, which count as not completed
  - further chargers of the same journey, so that a customer counts once
source: all required of account, app, payment, training and documentation within 30 days of activation (onboarding practice)
version: 1
--- */
WITH activation AS (
  SELECT *, row_number() OVER (
      PARTITION BY case_id ORDER BY CASE WHEN kind = 'charger' THEN 0 ELSE 1 END, active_at, asset_id) AS in_order
  FROM (
    SELECT *, coalesce(activated_at,
        CASE WHEN first_online_at IS NOT NULL AND first_session_at IS NOT NULL THEN greatest(first_online_at, first_session_at) END) AS active_at
    FROM asset
    WHERE in_stream(stream_id, 'NCV-02') AND kind IN ('charger', 'port') AND case_id IS NOT NULL
  ) charger
  WHERE active_at IS NOT NULL
),
required_step AS (
  SELECT case_id, step, min(CASE WHEN result = 'pass' THEN done_at END) AS passed_at
  FROM activation_step
  WHERE step IN ('account', 'app', 'payment', 'training', 'docs') AND coalesce(required, TRUE)
  GROUP BY case_id, step
),
progress AS (
  SELECT activation.case_id,
    count(*) AS required_steps,
    sum(CASE WHEN required_step.passed_at <= add_days(activation.active_at, $onboarding_days) THEN 1 ELSE 0 END) AS completed_steps
  FROM activation
  JOIN required_step ON required_step.case_id = activation.case_id
  WHERE activation.in_order = 1
  GROUP BY activation.case_id
)
SELECT activation.source_key AS entity_id, local_day(activation.active_at, activation.region) AS day,
  activation.segment, activation.region, activation.product, activation.channel, activation.crew,
  CASE WHEN progress.completed_steps = progress.required_steps THEN 1 ELSE 0 END AS num,
  1 AS den,
  add_days(local_day(activation.active_at, activation.region), $onboarding_days) AS matures_on
FROM activation
JOIN progress ON progress.case_id = activation.case_id
WHERE activation.in_order = 1
