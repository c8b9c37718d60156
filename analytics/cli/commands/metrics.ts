import { type Command, Option } from 'commander';
import { recordsCsv } from '../../contract/records-csv.ts';
import { formatExplanation } from '../explain-text.ts';
import { formatFlow, formatMetrics, formatRecords, metricsCsv } from '../metrics-table.ts';
import { print, printJson } from '../output.ts';
import { ask, askOf, whereOf } from '../session.ts';

type Format = { readonly json: boolean; readonly csv: boolean };

interface Span {
  readonly from?: string;
  readonly to?: string;
  readonly asOf?: string;
  readonly where: string[];
}

interface MetricsOptions extends Format, Span {
  readonly stream?: string;
  readonly stage?: string;
  readonly metric: string[];
  readonly grain: string;
  readonly by: string[];
}

/** `weir metrics`, `weir explain`, `weir records` and `weir flow`. */
export function addMetricCommands(program: Command): void {
  withSpan(program.command('metrics').description('values of the metrics').argument('<dir>', 'the workspace'))
    .option('--stream <id>', 'only this stream, for example NCV-01')
    .option('--stage <id>', 'only this stage, for example NCV-01.5')
    .option('--metric <id>', 'only this metric; may be repeated', collect, [])
    .option('--grain <grain>', 'month, quarter or year', 'month')
    .option('--by <dimension>', 'split by segment, region, product, channel or crew; may be repeated', collect, [])
    .option('--json', 'print JSON', false)
    .addOption(new Option('--csv', 'print CSV').default(false).conflicts('json'))
    .action(async (dir: string, options: MetricsOptions) => {
      const { json, csv, metric, where, ...rest } = options;
      const query = { ...rest, ...(metric.length > 0 ? { metrics: metric } : {}), where: whereOf(where) };
      const answer = await askOf(dir, 'metrics.query', query);
      if (json) await printJson(answer);
      else await print(csv ? metricsCsv(answer) : formatMetrics(answer));
    });
  program
    .command('explain')
    .description('meaning, formula, date rule, SQL, tables, targets')
    .argument('<dir>', 'the workspace')
    .argument('<metric>', 'id of the metric, for example ncv-01.5/first-time-fix-rate')
    .option('--json', 'print JSON', false)
    .action(async (dir: string, metric: string, options: { json: boolean }) => {
      const explanation = await ask(dir, 'metrics.explain', { metric });
      await (options.json ? printJson(explanation) : print(formatExplanation(explanation)));
    });
  program
    .command('records')
    .description('the records behind one number, with file and line')
    .argument('<dir>', 'the workspace')
    .argument('<metric>', 'id of the metric')
    .requiredOption('--period <period>', 'for example 2026-10, 2026-Q4 or 2026')
    .option('--where <dim=value>', 'keep only these; may be repeated', collect, [])
    .option('--as-of <date>', 'as known on this day')
    .option('--json', 'print JSON', false)
    .addOption(new Option('--csv', 'print CSV').default(false).conflicts('json'))
    .action(async (dir: string, metric: string, options: Format & { period: string; where: string[]; asOf?: string }) => {
      const { json, csv, where, ...rest } = options;
      const page = await askOf(dir, 'metrics.records', { metric, ...rest, where: whereOf(where), limit: 1_000_000 });
      if (json) await printJson(page);
      else await print(csv ? recordsCsv(page) : formatRecords(page));
    });
  withSpan(
    program
      .command('flow')
      .description('how cases flow through the stages')
      .argument('<dir>', 'the workspace')
      .argument('<stream>', 'id of the stream, for example NCV-01'),
  )
    .option('--json', 'print JSON', false)
    .action(async (dir: string, stream: string, options: Span & { json: boolean }) => {
      const { json, where, ...rest } = options;
      const flow = await askOf(dir, 'flow.query', { stream, ...rest, where: whereOf(where) });
      await (json ? printJson(flow) : print(formatFlow(flow)));
    });
}

function withSpan(command: Command): Command {
  return command
    .option('--from <month>', 'first month, for example 2025-11')
    .option('--to <month>', 'last month')
    .option('--where <dim=value>', 'keep only these, for example segment=fleet; may be repeated', collect, [])
    .option('--as-of <date>', 'as known on this day, for example 2026-10-31');
}

function collect(value: string, held: string[]): string[] {
  return [...held, value];
}
