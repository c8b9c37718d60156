import { boundsWords } from '../contract/bounds-words.ts';
import { csvText } from '../contract/csv-text.ts';
import type { FlowAnswer } from '../contract/flow.ts';
import { formatValue, ratingWord, unitWord } from '../contract/format-value.ts';
import type { MetricAnswer, MetricRow } from '../contract/metric-query.ts';
import type { RecordsPage } from '../contract/records.ts';
import { columns } from './columns.ts';

/** What stands where there is no value. */
const NO_VALUE = '–';

/** The values as an aligned table for people: metric, period, members, value with its unit, n, target, rating and note. */
export function formatMetrics(answer: MetricAnswer): string {
  const dimensions = [...new Set(answer.rows.flatMap((row) => Object.keys(row.by)))];
  const text = (row: MetricRow, value: number | null) => valueText(row, value, answer.currency);
  const body = answer.rows.map((row) => [
    row.metric,
    row.period,
    ...dimensions.map((dimension) => row.by[dimension] ?? ''),
    text(row, row.value),
    unitWord(row.unit) ?? '',
    String(row.n),
    row.target === null
      ? 'not set'
      : typeof row.target === 'number'
        ? text(row, row.target)
        : `${text(row, row.target.low)} to ${text(row, row.target.high)}`,
    ratingWord(row.rating),
    [row.note, boundsWords(row, answer.currency)].filter((each) => each !== null).join('; '),
  ]);
  const head = ['metric', 'period', ...dimensions, 'value', 'unit', 'n', 'target', 'rating', 'note'];
  const right = new Set([2 + dimensions.length, 4 + dimensions.length]);
  return `${columns([head, ...body], right)}\n\nData until ${answer.asOf}, months in ${answer.timeZone}.`;
}

const METRIC_COLUMNS = [
  'metric',
  'stage',
  'name',
  'unit',
  'direction',
  'kind',
  'period',
] as const satisfies readonly (keyof MetricRow)[];
const FIGURE_COLUMNS = [
  'value',
  'num',
  'den',
  'n',
  'low',
  'high',
  'median',
  'p85',
  'p95',
] as const satisfies readonly (keyof MetricRow)[];
const BOUNDS_COLUMNS = ['bounds_low', 'bounds_high', 'unusable'] as const;
const STANDING_COLUMNS = ['rating', 'provisional', 'partial', 'pending', 'note'] as const satisfies readonly (keyof MetricRow)[];

/** The values as CSV (RFC 4180) with every field of a row; a target range and bounds have a column for each end. */
export function metricsCsv(answer: MetricAnswer): string {
  const dimensions = [...new Set(answer.rows.flatMap((row) => Object.keys(row.by)))];
  const head = [
    ...METRIC_COLUMNS,
    ...dimensions,
    ...FIGURE_COLUMNS,
    ...BOUNDS_COLUMNS,
    'target_low',
    'target_high',
    ...STANDING_COLUMNS,
  ];
  const body = answer.rows.map((row) => [
    ...METRIC_COLUMNS.map((name) => row[name]),
    ...dimensions.map((dimension) => row.by[dimension] ?? ''),
    ...FIGURE_COLUMNS.map((name) => row[name]),
    ...[row.bounds?.low ?? null, row.bounds?.high ?? null, row.bounds?.unusable ?? 0],
    ...(row.target !== null && typeof row.target === 'object' ? [row.target.low, row.target.high] : [row.target, row.target]),
    ...STANDING_COLUMNS.map((name) => row[name]),
  ]);
  return csvText([head, ...body]);
}

/** The flow as an aligned table for people, one line a stage, with the notes beneath. */
export function formatFlow(flow: FlowAnswer): string {
  const days = (value: number | null) => (value === null ? NO_VALUE : formatValue(value, 'days', ''));
  const share = (value: number | null) => (value === null ? NO_VALUE : formatValue(value, 'fraction', ''));
  const head = [
    'stage',
    'name',
    'entered',
    'passed',
    'dropped',
    'returned',
    'open',
    'conversion',
    'median',
    'P85',
    'in stage',
    'age',
    'past P85',
    'rework',
  ];
  const body = flow.stages.map((stage) => [
    stage.stage,
    stage.name,
    ...[stage.entered, stage.passed, stage.dropped, stage.returned, stage.open].map(String),
    share(stage.conversion),
    days(stage.medianDays),
    days(stage.p85Days),
    String(stage.wip),
    days(stage.medianAgeDays),
    String(stage.pastPromise),
    share(stage.reworkShare),
  ]);
  const table = columns([head, ...body], new Set(head.map((_, index) => index).filter((index) => index > 1)));
  const notes = flow.notes.map((note) => `\n- ${note}`).join('');
  return `${flow.stream}, ${flow.from} to ${flow.to}, data until ${flow.asOf}\n\n${table}${notes === '' ? '' : `\n${notes}`}`;
}

/** The records behind a number as an aligned table for people. */
export function formatRecords(page: RecordsPage): string {
  const head = ['record', 'day', 'segment', 'region', 'num', 'den', 'counted', 'file', 'line'];
  const body = page.rows.map((row) => [
    `${row.entityTable} ${row.entityId}`,
    row.day,
    row.segment,
    row.region,
    row.num === null ? NO_VALUE : String(row.num),
    row.den === null ? NO_VALUE : String(row.den),
    row.mature ? 'yes' : 'not yet',
    row.file ?? NO_VALUE,
    row.line === null ? NO_VALUE : String(row.line),
  ]);
  const shown = page.rows.length < page.total ? `${page.rows.length} of ${page.total} records` : `${page.total} records`;
  const unusable = page.bounds?.unusable ?? 0;
  const lacking = unusable === 0 ? '' : `; ${unusable} unusable ${unusable === 1 ? 'row' : 'rows'} could have been among them`;
  return `${page.metric}, ${page.period}: ${shown}${lacking}\n\n${columns([head, ...body], new Set([4, 5, 8]))}`;
}

function valueText(row: MetricRow, value: number | null, currency: string): string {
  return value === null ? NO_VALUE : formatValue(value, row.unit, currency);
}
