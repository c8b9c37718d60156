import * as delivering from './delivering.ts';
import * as marketing from './marketing.ts';
import { type Answer, answersOf, type Books, type Counted, type Kind } from './observation.ts';
import * as selling from './selling.ts';
import { resolutionTime, retentionAnswers, satisfaction } from './serving.ts';
import { type PortLife, uptimeAnswers } from './uptime.ts';

const HOME = ['residential', 'commercial'];
const CHARGING = ['residential', 'commercial', 'fleet'];

type Counting = (books: Books) => Counted[];

/** What is counted for each metric, and how it is put together. `false`: a counted row is no entity. */
export const METRICS: readonly (readonly [metric: string, kind: Kind, counting: Counting, countsEntities?: false])[] = [
  ['ncv-01.1/lead-volume', 'count', marketing.leadVolume],
  ['ncv-01.1/lead-quality', 'share', marketing.leadQuality],
  ['ncv-01.1/marketing-spend-roi', 'share', marketing.marketingReturn, false],
  ['ncv-01.2/quote-accuracy', 'share', selling.quoteAccuracy],
  ['ncv-01.2/quote-conversion-rate', 'share', selling.quoteConversion],
  ['ncv-01.3/sales-cycle-time', 'duration', (books) => selling.salesCycle(books, 'NCV-01')],
  ['ncv-01.3/contract-value', 'sum', selling.contractValue],
  ['ncv-01.3/win-rate', 'share', selling.winRate],
  ['ncv-01.4/scheduling-efficiency', 'share', delivering.schedulingEfficiency],
  ['ncv-01.4/resource-utilization', 'share', delivering.utilization],
  ['ncv-01.5/installation-time', 'duration', delivering.hoursOnSite],
  ['ncv-01.5/first-time-fix-rate', 'share', delivering.firstTimeFix],
  ['ncv-01.5/safety-incidents', 'rolling rate', delivering.recordables, false],
  ['ncv-01.6/platform-activation-rate', 'share', delivering.platformActivation],
  [
    'ncv-01.6/customer-onboarding-satisfaction',
    'share',
    (books) => satisfaction(books, { stream: 'NCV-01', touchpoint: 'onboarding' }),
  ],
  ['ncv-01.7/support-resolution-time', 'duration', (books) => resolutionTime(books, 'NCV-01')],
  ['ncv-02.1/lead-conversion-rate', 'share', marketing.leadConversion],
  ['ncv-02.1/cost-per-lead', 'share', marketing.costPerLead, false],
  ['ncv-02.2/proposal-cycle-time', 'duration', selling.proposalCycle],
  ['ncv-02.2/proposal-win-rate', 'share', selling.proposalWinRate],
  ['ncv-02.3/sales-cycle-time', 'duration', (books) => selling.salesCycle(books, 'NCV-02')],
  ['ncv-02.3/average-deal-size', 'share', selling.dealSize],
  ['ncv-02.4/installation-time', 'duration', delivering.daysToInstall],
  ['ncv-02.4/first-time-right-install-rate', 'share', delivering.firstTimeRight],
  ['ncv-02.5/commissioning-success-rate', 'share', delivering.commissioning],
  ['ncv-02.5/time-to-activate', 'duration', delivering.hoursToActivate],
  ['ncv-02.6/onboarding-completion-rate', 'share', delivering.onboardingCompletion],
  ['ncv-02.6/customer-satisfaction', 'share', (books) => satisfaction(books, { stream: 'NCV-02', touchpoint: 'post_install' })],
  ['ncv-02.7/support-ticket-resolution-time', 'duration', (books) => resolutionTime(books, 'NCV-02')],
];

/** Rows without a segment of their own: split by segment they say nothing. */
const UNSEGMENTED = new Set(['ncv-01.4/resource-utilization', 'ncv-01.5/safety-incidents']);

/** Every key metric for every month, overall and by segment, in the order of the stages. */
export function metricAnswers(books: Books, lives: readonly PortLife[]): Answer[] {
  const answers = METRICS.flatMap(([metric, kind, counting, countsEntities]) => {
    const segments = UNSEGMENTED.has(metric) ? [] : metric.startsWith('ncv-01') ? HOME : CHARGING;
    return answersOf({ metric, kind, segments, countsEntities: countsEntities ?? true }, counting(books));
  });
  answers.push(...retentionAnswers(books, 'ncv-01.7/customer-retention'));
  answers.push(...uptimeAnswers(lives, 'ncv-02.7/uptime-of-chargers'));
  return answers.sort((a, b) => (stageOf(a) < stageOf(b) ? -1 : stageOf(a) > stageOf(b) ? 1 : 0));
}

function stageOf(answer: Answer): string {
  return answer.metric.slice(0, answer.metric.indexOf('/'));
}
