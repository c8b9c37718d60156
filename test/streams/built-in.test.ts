import { describe, expect, test } from 'vitest';
import { stageIdSchema, streamIdSchema } from '../../analytics/contract/ids.ts';
import { type StreamModel, streamModelSchema } from '../../analytics/contract/stage-model.ts';
import { builtInStreams } from '../../analytics/streams/index.ts';

function builtIn(id: string): { model: StreamModel; codes: string[] } {
  const found = builtInStreams().find(({ model }) => model?.id === id);
  if (!found?.model) throw new Error(`no ${id}`);
  return { model: found.model, codes: found.findings.map(({ code }) => code) };
}

/** A stage on one line: id, name, capabilities, inputs, outputs, metrics. */
const facts = (model: StreamModel): string[] =>
  model.stages.map(({ id, name, capabilities, inputs, outputs, metrics }) =>
    [
      id,
      name,
      capabilities.map((each) => `${each.id} ${each.name}`).join('; '),
      inputs.join('; '),
      outputs.join('; '),
      metrics.join('; '),
    ].join(' | '),
  );

describe('the built-in streams', () => {
  test('are two, read once, and keep to the contract', () => {
    expect(builtInStreams().map(({ model }) => model?.id)).toEqual(['NCV-01', 'NCV-02']);
    expect(builtInStreams()).toBe(builtInStreams());
    for (const { model } of builtInStreams()) {
      expect(() => streamModelSchema.parse(model)).not.toThrow();
      expect(streamIdSchema.safeParse(model?.id).success).toBe(true);
      expect(model?.stages.every(({ id, description }) => stageIdSchema.safeParse(id).success && description !== '')).toBe(true);
    }
  });

  test('NCV-01 has the facts of Smart Home Solution Delivery', () => {
    const { model } = builtIn('NCV-01');
    expect(model).toMatchObject({
      name: 'Smart Home Solution Delivery',
      version: '1.0',
      date: '2025-11-25',
      triggeringStakeholder: 'Prospective Smart Home Customer',
      receivingStakeholder: 'Smart Home Solution Customer',
      reviewers: ['Advanced Energy Solutions BU Leadership', 'BA Working Group'],
      nextReview: 'Annually or upon significant changes to non-regulated product offerings/delivery processes',
    });
    expect([model.entryCriteria.length, model.exitCriteria.length]).toEqual([3, 4]);
    expect(model.dependencies.map(({ ids }) => ids)).toEqual([['11'], ['RCV-02'], ['AOV-03'], ['10.8'], ['SMV-03']]);
    expect(model.stages.flatMap(({ metrics }) => metrics)).toHaveLength(17);
    expect(facts(model)).toEqual([
      'NCV-01.1 | Marketing & Lead Generation | 12.2 Non-Regulated Product Marketing; 10.6 Customer Communications & Notifications | Market research data; Campaign budget | Qualified leads; Website traffic; Inquiries | Lead volume; Lead quality; Marketing spend ROI',
      'NCV-01.2 | Solution Design & Quote | 11.2 Product Concept & Design; 12.4 Customer Acquisition & Conversion | Customer needs; Site details | Custom solution design; Detailed quote | Quote accuracy; Quote conversion rate',
      'NCV-01.3 | Sales & Contract Finalization | 12.4 Customer Acquisition & Conversion; 18.4 Contract Review & Management | Solution design; Quote; Customer agreement | Signed contract; Payment secured | Sales cycle time; Contract value; Win rate',
      'NCV-01.4 | Installation Scheduling & Preparation | 10.3 Service Request & Fulfillment; 17.5 Materials & Inventory Management | Signed contract; Installation requirements | Scheduled installation; Equipment prepared | Scheduling efficiency; Resource utilization',
      'NCV-01.5 | Smart Home Device Installation | 10.3 Service Request & Fulfillment; 15.3 Learning & Development (Installer Training) | Scheduled installation; Devices; Site access | Devices installed & configured; Installation report | Installation time; First-time fix rate; Safety incidents',
      'NCV-01.6 | Platform Activation & Customer Onboarding | 10.5 Digital Customer Experience; 10.2 Customer Account Management | Installed devices; Customer account | Active smart home platform; Trained customer | Platform activation rate; Customer onboarding satisfaction',
      'NCV-01.7 | Post-Installation Support & Monitoring | 10.4 Customer Inquiry & Complaint Resolution; 11.5 Product Lifecycle Management | Customer inquiries; System alerts | Resolved issues; Proactive alerts | Support resolution time; Customer retention',
    ]);
  });

  test('NCV-02 has the facts of EV Charging Solution Deployment', () => {
    const { model } = builtIn('NCV-02');
    expect(model).toMatchObject({
      name: 'EV Charging Solution Deployment',
      version: '1.0',
      date: '2025-12-01',
      triggeringStakeholder: 'Prospective EV Customer (Individual, Business, Fleet)',
      receivingStakeholder: 'EV Customer',
      reviewers: ['Non-Regulated Products Leadership', 'Sales & Marketing', 'BA Working Group'],
      nextReview: 'Annually or upon major changes in the EV market or product offerings.',
    });
    expect([model.entryCriteria.length, model.exitCriteria.length]).toEqual([3, 4]);
    expect(model.dependencies.map(({ ids }) => ids)).toEqual([['AOV-03'], ['AOV-04'], ['SMV-03'], ['RCV-02']]);
    expect(model.stages.flatMap(({ metrics }) => metrics)).toHaveLength(14);
    expect(facts(model)).toEqual([
      'NCV-02.1 | Lead Generation & Qualification | 2.2 Non-Regulated Marketing | Marketing campaigns; Inbound inquiries | Qualified lead; Customer requirements | Lead conversion rate; Cost per lead',
      'NCV-02.2 | Solution Design & Proposal | 2.1 Non-Regulated Product Management | Customer requirements; Site assessment data | Solution design; Customer proposal | Proposal cycle time; Proposal win rate',
      'NCV-02.3 | Contracting & Sale Closure | 2.3 Non-Regulated Sales | Customer proposal; Customer approval | Signed contract; Sales order | Sales cycle time; Average deal size',
      'NCV-02.4 | Site Preparation & Installation | 15.4 Sourcing & Procurement; 10.2 Field Service & Work Management | Sales order; Site design | Installed EV charger; Completed electrical work | Installation time; First-time-right install rate',
      'NCV-02.5 | Commissioning & Activation | 12.5 Construction & Commissioning | Installed charger | Commissioned charger; Active network status | Commissioning success rate; Time to activate',
      'NCV-02.6 | Customer Onboarding & Training | 1.1 Customer Relationship Management | Active charger; Customer contact info | Trained customer; Activated software account | Onboarding completion rate; Customer satisfaction',
      'NCV-02.7 | Ongoing Support & Maintenance | 1.2 Contact Center Management | Customer support request | Resolved issue; Completed maintenance | Support ticket resolution time; Uptime of chargers',
    ]);
  });

  test('their known defects are found, and no others', () => {
    const only = (codes: string[], kept: string): number => codes.filter((code) => code === kept).length;
    const [one, two] = [builtIn('NCV-01').codes, builtIn('NCV-02').codes];
    expect([only(one, 'criterion-inside-stream'), only(two, 'criterion-inside-stream')]).toEqual([0, 2]);
    expect([only(one, 'dependency-no-stream'), only(two, 'dependency-no-stream')]).toEqual([2, 0]);
    expect([only(one, 'capability-two-names'), only(two, 'capability-two-names')]).toEqual([1, 1]);
    expect([only(one, 'metric-name-repeated'), only(two, 'metric-name-repeated')]).toEqual([2, 2]);
    const known = [
      'criterion-inside-stream',
      'dependency-no-stream',
      'dependency-unknown-stream',
      'capability-two-names',
      'metric-name-repeated',
      'metric-name-similar',
    ];
    expect([...one, ...two].filter((code) => !known.includes(code))).toEqual([]);
  });
});
