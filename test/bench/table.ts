import { BARS, type Bar } from './bars.ts';
import { type Measure, median } from './measure.ts';
import { nameOf, type Size } from './sizes.ts';

export interface SizeResult {
  readonly size: Size;
  readonly measures: readonly Measure[];
}

/** One measured thing at every size. */
export interface TableRow {
  readonly what: string;
  /** Weir's median, its ratio to the bare database's by wall and by processor time, a size each; null where not measured. */
  readonly cells: readonly (Cell | null)[];
  /** b of time ∝ messages^b, fitted over all sizes; null where there are too few. */
  readonly growth: number | null;
  readonly bar: string;
  /** Whether the bar is reached at the largest size; null where there is none. */
  readonly reached: boolean | null;
}

interface Cell {
  /** Milliseconds, or megabytes where a size is measured. */
  readonly value: number;
  readonly isSize: boolean;
  readonly ratio: number | null;
  /** Milliseconds of processor time, which other work on the machine swells less, and its ratio. */
  readonly cpu: number | null;
  readonly cpuRatio: number | null;
}

/** The table of all results, a row for everything that was measured of Weir. */
export function tableOf(results: readonly SizeResult[]): TableRow[] {
  const names = [
    ...new Set(results.flatMap(({ measures }) => measures.filter((each) => each.side === 'weir').map((each) => each.what))),
  ];
  return names.map((what) => {
    const cells = results.map(({ measures }) => cellOf(what, measures));
    const bar = BARS.find((each) => each.what === what);
    return { what, cells, growth: growthOf(results, cells), bar: bar?.text ?? '', reached: bar ? isReached(bar, cells) : null };
  });
}

function cellOf(what: string, measures: readonly Measure[]): Cell | null {
  const of = (side: Measure['side']) => measures.filter((each) => each.what === what && each.side === side);
  const value = (side: Measure['side'], of_: (each: Measure) => readonly number[]) => {
    const all = of(side).flatMap(of_);
    return all.length === 0 ? null : median(all);
  };
  const sizeOf = (each: Measure) => (each.megabytes === null ? [] : [each.megabytes]);
  const size = value('weir', sizeOf);
  const ratio = (pick: (each: Measure) => readonly number[]) => {
    const [weir, bare] = [value('weir', pick), value('bare', pick)];
    return weir === null || bare === null || bare === 0 ? null : weir / bare;
  };
  if (size !== null) return { value: size, isSize: true, ratio: ratio(sizeOf), cpu: null, cpuRatio: null };
  const ms = value('weir', (each) => each.ms);
  return ms === null
    ? null
    : {
        value: ms,
        isSize: false,
        ratio: ratio((each) => each.ms),
        cpu: value('weir', (each) => each.cpu),
        cpuRatio: ratio((each) => each.cpu),
      };
}

/** The slope of log value over log messages by least squares. */
function growthOf(results: readonly SizeResult[], cells: readonly (Cell | null)[]): number | null {
  const points = cells.flatMap((cell, index) => {
    const messages = results[index]?.size.messages;
    return cell && cell.value > 0 && messages ? [{ x: Math.log(messages), y: Math.log(cell.value) }] : [];
  });
  if (points.length < 2) return null;
  const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
  const [x, y] = [mean(points.map((each) => each.x)), mean(points.map((each) => each.y))];
  const spread = points.reduce((sum, each) => sum + (each.x - x) ** 2, 0);
  return points.reduce((sum, each) => sum + (each.x - x) * (each.y - y), 0) / spread;
}

function isReached(bar: Bar, cells: readonly (Cell | null)[]): boolean | null {
  const [first, last] = [cells.find((each) => each !== null), cells.findLast((each) => each !== null)];
  if (!first || !last) return null;
  return (
    (bar.ms === undefined || last.value <= bar.ms) &&
    (bar.megabytes === undefined || last.value <= bar.megabytes) &&
    (bar.ratio === undefined || (last.ratio ?? Number.POSITIVE_INFINITY) <= bar.ratio) &&
    (bar.growth === undefined || last.value <= bar.growth * first.value)
  );
}

/** The table as Markdown, which reads well enough on a terminal too. */
export function markdownOf(results: readonly SizeResult[]): string {
  const head = ['measured (messages · leads)', ...results.map(({ size }) => nameOf(size)), 'grows with rows', 'bar', 'reached'];
  const rows = tableOf(results).map((row) => [
    row.what,
    ...row.cells.map(cellText),
    row.growth === null ? '' : `^${row.growth.toFixed(2)}`,
    row.bar,
    row.reached === null ? '' : row.reached ? 'yes' : 'no',
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n');
}

function cellText(cell: Cell | null): string {
  if (cell === null) return '–';
  const ratio = cell.ratio === null ? '' : `, ${cell.ratio.toFixed(2)} ×`;
  const cpu =
    cell.cpu === null ? '' : ` (cpu ${timeText(cell.cpu)}${cell.cpuRatio === null ? '' : `, ${cell.cpuRatio.toFixed(2)} ×`})`;
  return `${cell.isSize ? `${Math.round(cell.value)} MB` : timeText(cell.value)}${ratio}${cpu}`;
}

function timeText(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
