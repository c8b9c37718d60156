import { isTyped, kindOf } from './cell-kind.ts';
import { contradicts, filledCells, type Row } from './header-row.ts';
import { planRows, type TablePlan } from './table-plan.ts';

/** The label of a total and nothing but the label: `Total Energies` is a name. */
const TOTAL =
  /^(grand |sub-?|overall |column )?(totals?|sum|average|mean|summe|gesamt|gesamtsumme|total général|totale|totaal|suma|итого)(\s+(of|for|der|des|de|du|di)\b.*|\s*\(.*\))?\s*[:.]?$/i;
const NOTE =
  /^(\*|\(?\d+\)\s|notes?\b|sources?\b|generated\b|copyright|©|confidential|exported?\b|end of|printed|report\b|page \d|quelle\b|stand\b|fuente\b|footnote)/i;

/** A table below or above the main one in the same file. */
export interface OtherTable {
  readonly line: number;
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** How many of the last rows are no data: totals, sources, copyright. `gap` tells whether blank lines stand above a row. */
export function footerLength(rows: readonly Row[], plan: TablePlan, gap: (index: number) => boolean): number {
  let length = 0;
  for (let index = rows.length - 1; index >= 0; index--) {
    const row = rows[index];
    if (!row || (filledCells(row.cells) > 0 && !isFooter(row, plan, gapBetween(rows, index, gap)))) break;
    length = rows.length - index;
  }
  return length === rows.length && plan.headerLine === null ? 0 : length;
}

function gapBetween(rows: readonly Row[], index: number, gap: (index: number) => boolean): boolean {
  for (let at = Math.max(0, index - 6); at <= index; at++) {
    const above = rows[at - 1];
    if (rows[at] && (gap(at) || (above && filledCells(above.cells) === 0))) return true;
  }
  return false;
}

function isFooter({ cells }: Row, plan: TablePlan, afterGap: boolean): boolean {
  const filled = filledCells(cells);
  const firstFilled = cells.find((cell) => cell.trim() !== '')?.trim() ?? '';
  if (filled === 0) return false;
  if (plan.columns === 1) return afterGap && (NOTE.test(firstFilled) || TOTAL.test(firstFilled));
  if (TOTAL.test(firstFilled)) {
    const rest = cells.filter((cell) => cell.trim() !== '').slice(1);
    return rest.every((cell) => kindOf(cell) === 'number' || kindOf(cell) === 'empty') || filled === 1;
  }
  if (cells.length > plan.columns || isTyped(kindOf(firstFilled))) return false;
  if (filled > 1 && !(afterGap && filled <= 2)) return NOTE.test(firstFilled) && filled < plan.filled * 0.5;
  const [kind] = plan.kinds;
  const unlike = kind != null && isTyped(kind) && !isTyped(kindOf(firstFilled));
  if (plan.columns === 2) return unlike || afterGap || NOTE.test(firstFilled);
  return plan.filled >= 3 || unlike || afterGap || NOTE.test(firstFilled);
}

/** Where, among rows below the header, another table begins: a header of its own, or a stretch of another width that lasts. */
export function nextTable(rows: readonly Row[], plan: TablePlan, gap: (index: number) => boolean): number | null {
  for (const [index, row] of rows.entries()) {
    if (index === 0) continue;
    const names = row.cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
    const header =
      names.length >= 2 &&
      new Set(names).size === names.length &&
      names.every((name) => !isTyped(kindOf(name)) && name.length < 60);
    if (!header) continue;
    if (rawWidth(row) === plan.width) {
      if (rows.length > index + 1 && contradicts(row.cells, plan.kinds) && typedColumns(plan) >= 2) return index;
      continue;
    }
    const next = rows.slice(index + 1, index + 4);
    const lasting = next.length > 0 && next.every((each) => rawWidth(each) === rawWidth(row));
    if (lasting && (next.length >= 2 || gap(index))) return index;
  }
  return null;
}

/** Rows of another table as headers and rows. */
export function otherTable(rows: readonly Row[], plan: TablePlan): OtherTable {
  const own = planRows(rows, plan);
  const headers = own && own.headerLine !== null ? own.names : [];
  return {
    line: rows[0]?.line ?? 0,
    headers,
    rows: rows.filter((row) => !own || row.line > own.lastHeaderLine || row.line < own.firstLine).map((row) => row.cells),
  };
}

function rawWidth(row: Row): number {
  return row.cells.length;
}

function typedColumns(plan: TablePlan): number {
  return plan.kinds.filter((kind) => kind && isTyped(kind)).length;
}
