/** The marks that cut a text into cells. No `quote` (empty) where marks are plain text; `escape` is the quote itself where absent. */
export interface CellMarks {
  readonly delimiter: string;
  readonly quote: string;
  readonly escape?: string;
}

export type Scan =
  | { readonly kind: 'record'; readonly end: number; readonly cells: string[] }
  | { readonly kind: 'broken'; readonly problem: string }
  | { readonly kind: 'more'; readonly quoted: boolean };

export interface ScanOptions {
  /** True where no more text follows. */
  readonly last: boolean;
  /** True to let blanks stand before an opening mark. */
  readonly blanks?: boolean;
  /** True to take a mark as closing only where a delimiter or a line break follows; others are text. */
  readonly loose?: boolean;
}

/** Cuts the record that begins at `start`. */
export function scanRecord(text: string, start: number, marks: CellMarks & ScanOptions): Scan {
  const { last, blanks = false, loose = false } = marks;
  const { delimiter, quote } = marks;
  const first = delimiter.charCodeAt(0);
  const long = delimiter.length > 1;
  const backslash = marks.escape === '\\' && quote !== '\\';
  const isDelimiter = (at: number) => text.charCodeAt(at) === first && (!long || text.startsWith(delimiter, at));
  const cells: string[] = [];
  let at = start;
  for (;;) {
    let end: number;
    const open = quote === '' ? -1 : openingMark(text, at, marks, blanks);
    if (open !== -1) {
      const closed = closingMark(
        text,
        open,
        marks,
        loose ? (next) => next >= text.length || isDelimiter(next) || isBreak(text, next) : null,
      );
      if (closed === -1 || (closed + 1 >= text.length && !last)) {
        return last ? { kind: 'broken', problem: 'A quotation mark is opened and not closed.' } : { kind: 'more', quoted: true };
      }
      end = closed + 1;
      while (text[end] === ' ' && !isDelimiter(end)) end++;
      if (end >= text.length && !last) return { kind: 'more', quoted: true };
      if (end < text.length && !isDelimiter(end) && !isBreak(text, end)) {
        return { kind: 'broken', problem: 'There is text after a closing quotation mark.' };
      }
      cells.push(unescaped(text.slice(open + 1, closed), marks));
    } else {
      end = at;
      let escaped = false;
      while (end < text.length && !isDelimiter(end) && !isBreak(text, end)) {
        if (backslash && text[end] === '\\' && end + 1 < text.length && isDelimiter(end + 1)) {
          escaped = true;
          end += delimiter.length;
        }
        end++;
      }
      if (end >= text.length && !last) return { kind: 'more', quoted: false };
      const cell = text.slice(at, end);
      cells.push(escaped ? cell.replaceAll(`\\${delimiter}`, delimiter) : cell);
    }
    if (end >= text.length) return { kind: 'record', end: text.length, cells };
    if (isDelimiter(end)) {
      at = end + delimiter.length;
      continue;
    }
    if (text[end] === '\r' && end + 1 >= text.length && !last) return { kind: 'more', quoted: false };
    return { kind: 'record', end: end + (text[end] === '\r' && text[end + 1] === '\n' ? 2 : 1), cells };
  }
}

/** Where the line that begins at `at` ends, its break included; -1 where it does not within the text. */
export function lineEnd(text: string, at: number): number {
  for (let end = at; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === 10) return end + 1;
    if (code === 13) return text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1;
  }
  return -1;
}

/** Where the quotation mark of the cell that begins at `at` stands; blanks before it are passed over unless they delimit. */
function openingMark(text: string, at: number, marks: CellMarks, blanks: boolean): number {
  if (text[at] === marks.quote) return at;
  if (!blanks || text[at] !== ' ' || marks.delimiter.startsWith(' ')) return -1;
  let open = at;
  while (text[open] === ' ') open++;
  return text[open] === marks.quote ? open : -1;
}

function closingMark(text: string, open: number, marks: CellMarks, closes: ((next: number) => boolean) | null): number {
  const { quote } = marks;
  const guard = marks.escape ?? quote;
  let at = open + 1;
  for (;;) {
    const close = text.indexOf(quote, at);
    if (close === -1) return -1;
    if (guard !== quote && isEscaped(text, open, close, guard)) {
      at = close + 1;
      continue;
    }
    if (guard === quote && text[close + 1] === quote) {
      at = close + 2;
      continue;
    }
    if (!closes) return close;
    let next = close + 1;
    while (text[next] === ' ' && !closes(next)) next++;
    if (closes(next)) return close;
    at = close + 1;
  }
}

/** An odd number of escapes stands before the mark. */
function isEscaped(text: string, open: number, close: number, guard: string): boolean {
  let count = 0;
  for (let at = close - 1; at > open && text[at] === guard; at--) count++;
  return count % 2 === 1;
}

/** The text of a quoted cell. */
export function unescaped(cell: string, marks: CellMarks): string {
  const { quote } = marks;
  const guard = marks.escape ?? quote;
  if (!cell.includes(guard)) return cell;
  if (guard === quote) return cell.replaceAll(quote + quote, quote);
  return cell
    .replaceAll(guard + guard, '\u0000')
    .replaceAll(guard + quote, quote)
    .replaceAll('\u0000', guard);
}

function isBreak(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 10 || code === 13;
}
