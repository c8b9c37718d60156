import { parse as parseYaml } from 'yaml';
import { metricIdOf } from '../contract/ids.ts';
import { issueText } from '../contract/issue-text.ts';
import { type Metric, type MetricHeader, metricHeaderSchema, type UnavailableMetric } from '../contract/metric-definition.ts';
import { rulesSchema } from '../contract/settings.ts';

/** What became of a metric file: the metric, or why it cannot be used. */
export type MetricReading = { readonly metric: Metric } | { readonly unavailable: UnavailableMetric };

/** A metric file is a comment that holds YAML between dashes, and one SELECT after it. */
const FILE_FORM = /^\s*\/\*\s*---\r?\n([\s\S]*?)\r?\n\s*---\s*\*\/\s*([\s\S]*)$/;

/** Reads the text of a metric file; never throws. `origin` is `built-in` or the path of a workspace's file. */
export function readMetric(source: string, origin: string): MetricReading {
  const form = FILE_FORM.exec(source);
  if (!form) return unusable(origin, null, 'it does not begin with /* --- , a header in YAML and --- */');
  let header: unknown;
  try {
    header = parseYaml(form[1] ?? '');
  } catch (thrown) {
    return unusable(origin, null, `its header is no YAML: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
  const parsed = metricHeaderSchema.safeParse(header);
  if (!parsed.success) return unusable(origin, null, issueText(parsed.error));
  const id = metricIdOf(parsed.data.stage, parsed.data.name);
  const sql = (form[2] ?? '').trim().replace(/;\s*$/, '');
  const fault = faultOf(sql, parsed.data);
  return fault ? unusable(origin, id, fault) : { metric: { ...parsed.data, id, sql, origin } };
}

function faultOf(sql: string, { settings, tables, together, overall }: MetricHeader): string | null {
  if (!/^(select|with)\b/i.test(sql)) return 'what follows the header is not one SELECT';
  if (sql.includes(';')) return 'it holds more than one statement';
  const unknownRule = settings.find((name) => !(name in rulesSchema.shape) && name !== 'uptimeProfile');
  if (unknownRule) return `it takes the setting ${unknownRule}, which is none of the rules in weir.json`;
  const stranger = Object.values(together)
    .flatMap((tablesOfBond) => Object.keys(tablesOfBond))
    .find((name) => !tables.includes(name));
  if (stranger) return `together names the table ${stranger}, which is not among its tables`;
  const unasked = Object.keys(overall).find((name) => !new RegExp(`\\$${name}\\b`).test(sql));
  if (unasked) return `its SELECT does not take $${unasked}, which overall names`;
  return null;
}

function unusable(origin: string, id: string | null, reason: string): MetricReading {
  return { unavailable: { origin, id, reason } };
}
