import type { Target } from '../contract/metric-definition.ts';
import type { MetricExplanation, UnusableRows } from '../contract/workspace.ts';

/** A metric's explanation for a person: what it means, how it is computed, and the statement that does it. */
export function formatExplanation({ metric, targets, rules, companions, unusable }: MetricExplanation): string {
  const facts: [string, string][] = [
    ['Stage', metric.stage],
    ['Meaning', metric.meaning],
    ['Formula', metric.formula],
    [
      'Unit',
      `${metric.unit}, ${{ up: 'higher is better', down: 'lower is better', band: 'best within its band' }[metric.direction]}`,
    ],
    ['Kind', `${metric.kind}, by ${metric.basis}${metric.rollingMonths ? `, rolling ${metric.rollingMonths} months` : ''}`],
    ['Date rule', metric.dateRule],
    ['Maturity', metric.maturity ?? 'final at once'],
    ['Counts', `one observation is ${metric.grain}`],
    ['Tables', metric.tables.join(', ')],
    ['Targets', targets.length > 0 ? targets.map(targetText).join('; ') : 'not set'],
    [
      'Settings',
      Object.entries(rules)
        .map(([name, value]) => `${name} = ${value}`)
        .join(', ') || 'none',
    ],
    ['Left out', metric.exclusions.join('; ') || 'nothing'],
    ['Unusable', unusable.map(unusableText).join('; ') || 'no row of the tables it reads'],
    ['Source', metric.source],
    ['Version', `${metric.version}, ${metric.origin}`],
    ['Beside it', companions.join(', ') || 'nothing'],
  ];
  return [`${metric.name}  (${metric.id})`, '', ...facts.map(([name, text]) => `${name.padEnd(11)}${text}`), '', metric.sql].join(
    '\n',
  );
}

function unusableText({ table, rows, why, inBounds }: UnusableRows): string {
  return `${rows} ${why} ${rows === 1 ? 'row' : 'rows'} of ${table} (${inBounds ? 'in the bounds of its values' : 'could have moved it by any amount, and is in no bounds'})`;
}

function targetText(target: Target): string {
  const figure = target.value === undefined ? `${target.low} to ${target.high}` : String(target.value);
  return `${figure}${target.segment ? ` for ${target.segment}` : ''} (${target.source})`;
}
