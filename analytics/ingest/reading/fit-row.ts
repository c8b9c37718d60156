import { isTyped, kindOf } from './cell-kind.ts';
import { filledCells, isComment, type Row } from './header-row.ts';
import { cut, recoverLine } from './recover-line.ts';
import { opened } from './score-dialect.ts';
import type { TablePlan } from './table-plan.ts';

const OTHER_DELIMITERS = [',', ';', '\t', '|', ':', '^', '~', ' '];

/** What had to be done to a row to make it fit. */
export type RowNote =
  | 'recovered-row'
  | 'unwrapped-row'
  | 'other-delimiter'
  | 'shifted-row'
  | 'trailing-cells'
  | 'short-row'
  | 'long-row';

export type FittedRow =
  | { readonly kind: 'row'; readonly row: Row; readonly notes: readonly RowNote[] }
  | { readonly kind: 'comment' | 'header'; readonly row: Row };

/** The cells of a record as the table has them: padded where some lack, surplus ones kept. */
export function fitRow(record: Row & { readonly text: string; readonly recovered?: boolean }, plan: TablePlan): FittedRow {
  const notes: RowNote[] = record.recovered ? ['recovered-row'] : [];
  const { width, columns } = plan;
  if (isNote(record, plan)) return { kind: 'comment', row: record };
  let cells = record.cells;
  const inner = unwrapped(record, plan);
  if (inner !== cells) notes.push('unwrapped-row');
  cells = inner;
  if (cells.length !== width && cells.length < columns) {
    const other = otherwiseCut(record, plan);
    if (other) notes.push('other-delimiter');
    cells = other ?? cells;
  }
  if (isRepeatedHeader(cells, plan)) return { kind: 'header', row: record };
  const moved = withoutGap(cells, plan);
  if (moved !== cells) notes.push('shifted-row');
  cells = moved;
  if (cells.length > columns && cells.slice(columns).every((cell) => cell === '')) {
    notes.push('trailing-cells');
    cells = cells.slice(0, columns);
  }
  if (cells.length > columns) notes.push('long-row');
  if (cells.length < columns) {
    if (cells.length !== width) notes.push('short-row');
    cells = [...cells, ...Array.from({ length: columns - cells.length }, () => '')];
  }
  return { kind: 'row', row: { line: record.line, cells }, notes };
}

/** The cells of a row that stands in quotation marks as a whole, also where the marks within do not pair. */
function unwrapped({ cells, text }: Row & { readonly text: string }, { marks, width }: TablePlan): readonly string[] {
  const inner = opened(cells, text, marks);
  const [only] = cells;
  if (inner !== cells || cells.length !== 1 || only === undefined || width < 2 || marks.quote === '') return inner;
  if (!text.startsWith(marks.quote) || !only.includes(marks.delimiter)) return cells;
  const recovered = recoverLine(only, marks, width);
  return recovered.length === width ? recovered : cells;
}

/** A row with a cell too many, without the blank one whose removal puts numbers and dates under their names again. */
function withoutGap(cells: readonly string[], { kinds, columns }: TablePlan): readonly string[] {
  if (cells.length !== columns + 1) return cells;
  const fitting = (row: readonly string[]) =>
    kinds.filter((kind, column) => kind && isTyped(kind) && [kind, 'empty'].includes(kindOf(row[column] ?? ''))).length;
  const asItIs = fitting(cells);
  const gaps = cells.flatMap((cell, at) => (cell === '' && at < columns ? [cells.filter((_, other) => other !== at)] : []));
  const better = gaps.filter(
    (row) => fitting(row) > asItIs && fitting(row) === kinds.filter((kind) => kind && isTyped(kind)).length,
  );
  const [moved, ...others] = better;
  return moved && others.every((row) => row.join('\u0000') === moved.join('\u0000')) ? moved : cells;
}

/** True for the names of the columns again, in the middle of a file. */
export function isRepeatedHeader(cells: readonly string[], { header, names }: TablePlan): boolean {
  const first = (cells[0] ?? '').trim();
  if ((names[0] ?? '').trim() !== first && header.every((row) => (row.cells[0] ?? '').trim() !== first)) return false;
  if (filledCells(cells) === 0) return false;
  const same = (other: readonly string[]) =>
    other.length === cells.length && other.every((cell, index) => cell.trim() === (cells[index] ?? '').trim());
  return same(names) ? names.length > 0 : header.some((row) => filledCells(row.cells) > 1 && same(row.cells));
}

function isNote(record: Row, plan: TablePlan): boolean {
  if (record.cells.length === plan.width || plan.width < 2) return false;
  return isComment(record, [
    { line: 0, cells: record.cells },
    ...plan.header,
    ...Array.from({ length: 4 }, () => ({ line: 0, cells: plan.names })),
  ]);
}

/** The cells of a row that was written with a delimiter of its own: as many as the table has, and of the kinds it has. */
function otherwiseCut(record: Row & { readonly text: string }, plan: TablePlan): readonly string[] | null {
  if (plan.width < 3) return null;
  for (const delimiter of OTHER_DELIMITERS) {
    if (delimiter === plan.marks.delimiter || !record.text.includes(delimiter)) continue;
    const cells = cut(record.text, delimiter, plan.marks.quote || '\u0000');
    if (cells.length !== plan.width) continue;
    const typed = plan.kinds
      .map((kind, column) => (kind && isTyped(kind) ? kindOf(cells[column] ?? '') : null))
      .filter((kind) => kind !== null);
    const alike = typed.filter((kind) => isTyped(kind) || kind === 'empty').length;
    if (alike >= typed.length * 0.7 && (typed.length > 0 || record.cells.length === 1)) return cells;
  }
  return null;
}
