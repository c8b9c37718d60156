import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { ImportFinding } from '../../contract/import-report.ts';
import { counted, finding } from '../finding.ts';
import { UNPACK_LIMITS, type UnpackLimits, type ZipArchive } from './archive.ts';
import { CleanCsv } from './clean-csv.ts';
import type { LineMap } from './line-map.ts';

const DAY = 86_400_000;
/** Day 0 of the two ways in which workbooks count days; the first counts a 29 February 1900 that never was. */
const DAY_0 = { from1900: Date.UTC(1899, 11, 30), from1904: Date.UTC(1904, 0, 1) };
/** Built-in formats of dates and times, of spans of hours, and of shares of a hundred (ECMA-376 part 1, 18.8.30). */
const DATE_FORMATS = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 30, 36, 45, 47, 50, 57]);
const SPAN_FORMATS = new Set([46]);
const PERCENT_FORMATS = new Set([9, 10]);
const MOST_TEXTS = 20_000_000;

export interface Sheet {
  readonly name: string;
  readonly path: string;
  readonly hidden: boolean;
}

/** What a sheet became: its name, in which of its rows each row stands, and what there is to say of it. */
export interface ReadSheet {
  readonly name: string;
  readonly lines: LineMap;
  readonly findings: readonly ImportFinding[];
}

export function isWorkbook(zip: ZipArchive): boolean {
  return zip.entry('xl/workbook.xml') !== undefined;
}

/** Writes one sheet of a workbook as CSV: the one called `wanted`, or the first that is not hidden. */
export async function sheetToCsv(
  zip: ZipArchive,
  target: string,
  wanted: string | null,
  limits: UnpackLimits = UNPACK_LIMITS,
): Promise<ReadSheet> {
  const book = await readBook(zip, limits);
  const sheet =
    wanted === null
      ? (book.sheets.find((each) => !each.hidden) ?? book.sheets[0])
      : book.sheets.find((each) => each.name === wanted);
  if (!sheet) {
    const names = book.sheets.map((each) => each.name).join(', ');
    throw new Error(
      wanted === null ? 'the workbook has no sheet.' : `the workbook has no sheet ${wanted}. Its sheets are: ${names}.`,
    );
  }
  const texts = await readTexts(zip, limits);
  const styles = await readStyles(zip, limits);
  const csv = new CleanCsv(target);
  let line = 1;
  let hiddenRows = 0;
  let unworked = 0;
  for await (const { row, hidden, cells } of sheetRows(zip, sheet.path, limits)) {
    for (; line < row; line++) await csv.row([], line);
    await csv.row(
      cells.map((cell) => (cell ? cellText(cell, { texts, styles, from1904: book.from1904 }) : '')),
      row,
    );
    if (hidden) hiddenRows++;
    unworked += cells.filter((cell) => cell?.formula && cell.value === '').length;
    line++;
  }
  await csv.end();
  return { name: sheet.name, lines: csv.lines, findings: sheetFindings(sheet.name, { hiddenRows, unworked }) };
}

function sheetFindings(name: string, { hiddenRows, unworked }: { readonly hiddenRows: number; readonly unworked: number }) {
  const found: ImportFinding[] = [];
  if (hiddenRows > 0) {
    const message = `${counted(hiddenRows, 'row')} of the sheet ${name} ${hiddenRows === 1 ? 'is hidden, perhaps by a filter; it was' : 'are hidden, perhaps by a filter; they were'} read like the others.`;
    const fix = 'Where they are not wanted, copy what is visible to another sheet and import that.';
    found.push(finding('hidden-rows', null, hiddenRows, { message, fix }));
  }
  if (unworked > 0) {
    const message = `${counted(unworked, 'formula')} of the sheet ${name} ${unworked === 1 ? 'has' : 'have'} no value, as no spreadsheet has worked ${unworked === 1 ? 'it' : 'them'} out; ${unworked === 1 ? 'its cell was' : 'their cells were'} read as empty.`;
    const fix = 'Open the workbook in a spreadsheet, save it and import it again.';
    found.push(finding('formula-without-value', null, unworked, { message, fix }));
  }
  return found;
}

/** The names of a workbook's sheets, in their order. */
export async function sheetNames(zip: ZipArchive, limits: UnpackLimits): Promise<string[]> {
  return (await readBook(zip, limits)).sheets.map((sheet) => sheet.name);
}

interface RawCell {
  readonly type: string;
  readonly style: number;
  readonly value: string;
  readonly formula: boolean;
}

/** What a number of a style stands for; a style without one is a mere number. */
type NumberStyle = 'date' | 'span' | 'percent';

interface Meaning {
  readonly texts: readonly string[];
  readonly styles: ReadonlyMap<number, NumberStyle>;
  readonly from1904: boolean;
}

function cellText({ type, style, value }: RawCell, { texts, styles, from1904 }: Meaning): string {
  if (type === 's') return texts[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'true' : value === '0' ? 'false' : value;
  if (type === 'str' || type === 'inlineStr' || type === 'e' || type === 'd') return value;
  if (value === '' || !Number.isFinite(Number(value))) return value;
  const number = Number(value);
  const means = styles.get(style);
  if (means === 'date') return dateText(number, from1904);
  if (means === 'span') return spanText(number);
  if (means === 'percent') return `${numberText(number * 100)}%`;
  return /^\d{16,}$/.test(value) ? value : numberText(number);
}

/** Days as `[h]:mm:ss` shows them: hours that go on counting beyond 24. */
function spanText(days: number): string {
  const seconds = Math.round(days * 86_400);
  if (seconds < 0) return numberText(days);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** A number as a spreadsheet shows it: 15 significant digits, so that 0.1 + 0.2 is 0.3. */
function numberText(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  const rounded = Number(value.toPrecision(15));
  if (Math.abs(rounded) >= 1e21 || (rounded !== 0 && Math.abs(rounded) < 1e-6)) return String(rounded);
  return String(rounded);
}

function dateText(days: number, from1904: boolean): string {
  if (days < 0) return numberText(days);
  const shifted = !from1904 && days < 60 && days >= 1 ? days + 1 : days;
  const stamp = new Date((from1904 ? DAY_0.from1904 : DAY_0.from1900) + Math.round((shifted * DAY) / 1000) * 1000);
  if (Number.isNaN(stamp.getTime())) return numberText(days);
  const text = stamp.toISOString();
  if (days < 1) return text.slice(11, 19);
  return Number.isInteger(days) ? text.slice(0, 10) : text.slice(0, 19);
}

async function readBook(zip: ZipArchive, limits: UnpackLimits): Promise<{ sheets: Sheet[]; from1904: boolean }> {
  const targets = new Map<string, string>();
  await parse(zip, 'xl/_rels/workbook.xml.rels', limits, {
    open({ attributes }) {
      if (attributes.Id && attributes.Target) targets.set(attributes.Id, attributes.Target);
    },
  });
  const sheets: Sheet[] = [];
  let from1904 = false;
  await parse(zip, 'xl/workbook.xml', limits, {
    open({ name, attributes }) {
      const local = name.replace(/^.*:/, '');
      if (local === 'workbookPr') from1904 = attributes.date1904 === '1' || attributes.date1904 === 'true';
      if (local !== 'sheet') return;
      const relation = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key))?.[1] ?? '';
      const path = targets.get(relation);
      const hidden = attributes.state === 'hidden' || attributes.state === 'veryHidden';
      if (path) sheets.push({ name: attributes.name ?? '', path: path.startsWith('/') ? path.slice(1) : `xl/${path}`, hidden });
    },
  });
  return { sheets, from1904 };
}

async function readTexts(zip: ZipArchive, limits: UnpackLimits): Promise<string[]> {
  const texts: string[] = [];
  let text = '';
  let inText = false;
  let phonetic = false;
  await parse(zip, 'xl/sharedStrings.xml', limits, {
    open({ name }) {
      if (name === 'si') text = '';
      inText = name === 't';
      if (name === 'rPh') phonetic = true;
    },
    text(piece) {
      if (inText && !phonetic) text += piece;
    },
    close(name) {
      inText = false;
      if (name === 'rPh') phonetic = false;
      if (name !== 'si') return;
      texts.push(unescapedText(text));
      if (texts.length > MOST_TEXTS) throw new Error('the workbook holds more texts than can be kept.');
    },
  });
  return texts;
}

async function readStyles(zip: ZipArchive, limits: UnpackLimits): Promise<Map<number, NumberStyle>> {
  const formats = new Map<number, string>();
  const styles = new Map<number, NumberStyle>();
  let inStyles = false;
  let index = 0;
  await parse(zip, 'xl/styles.xml', limits, {
    open({ name, attributes }) {
      if (name === 'numFmt') formats.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      if (name === 'cellXfs') inStyles = true;
      if (name !== 'xf' || !inStyles) return;
      const format = Number(attributes.numFmtId ?? 0);
      const means = meaningOf(format, formats.get(format));
      if (means) styles.set(index, means);
      index++;
    },
    close(name) {
      if (name === 'cellXfs') inStyles = false;
    },
  });
  return styles;
}

function meaningOf(format: number, code: string | undefined): NumberStyle | null {
  if (code === undefined) {
    if (SPAN_FORMATS.has(format)) return 'span';
    return PERCENT_FORMATS.has(format) ? 'percent' : DATE_FORMATS.has(format) ? 'date' : null;
  }
  if (/^[^;]*\[h+\]/i.test(code)) return 'span';
  if (isDateFormat(code)) return 'date';
  return /%/.test(code.replace(/"[^"]*"|\\./g, '')) ? 'percent' : null;
}

/** A number format shows a date where day, month, year, hour or second stand in it outside quoted text and colours. */
function isDateFormat(code: string): boolean {
  const [first = ''] = code.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\]]*\]/gi, '').split(';');
  return /[dmyhs]/i.test(first) && !/general|[0#?]\.?[0#?]*[eE][+-]/i.test(first);
}

interface SheetRow {
  readonly row: number;
  readonly hidden: boolean;
  readonly cells: readonly (RawCell | undefined)[];
}

async function* sheetRows(zip: ZipArchive, path: string, limits: UnpackLimits): AsyncGenerator<SheetRow> {
  const done: SheetRow[] = [];
  let row = 0;
  let hidden = false;
  let cells: (RawCell | undefined)[] = [];
  let cell = { column: 0, type: 'n', style: 0, value: '', formula: false };
  let taking = false;
  const parser = parserOf({
    open({ name, attributes }) {
      if (name === 'row') {
        row = attributes.r ? Number(attributes.r) : row + 1;
        hidden = attributes.hidden === '1' || attributes.hidden === 'true';
        cells = [];
      } else if (name === 'c') {
        const column = attributes.r ? columnIndex(attributes.r) : cells.length;
        cell = { column, type: attributes.t ?? 'n', style: Number(attributes.s ?? 0), value: '', formula: false };
      } else if (name === 'f') {
        cell.formula = true;
      }
      taking = name === 'v' || name === 't';
    },
    text(piece) {
      if (taking) cell.value += piece;
    },
    close(name) {
      taking = false;
      if (name === 'c')
        cells[cell.column] = {
          ...cell,
          value: cell.type === 'inlineStr' || cell.type === 'str' ? unescapedText(cell.value) : cell.value,
        };
      if (name === 'row') done.push({ row, hidden, cells: Array.from(cells) });
    },
  });
  const entry = zip.entry(path);
  if (!entry) throw new Error(`the workbook lacks its part ${path}.`);
  const decoder = new TextDecoder();
  for await (const chunk of zip.read(entry, limits)) {
    parser.write(decoder.decode(chunk, { stream: true }));
    yield* done.splice(0);
  }
  parser.write(decoder.decode()).close();
  yield* done.splice(0);
}

/** `C12` stands in column 2. */
function columnIndex(reference: string): number {
  let index = 0;
  for (const letter of /^[A-Z]+/i.exec(reference)?.[0].toUpperCase() ?? 'A') index = index * 26 + letter.charCodeAt(0) - 64;
  if (index > 16_384) throw new Error(`the workbook has a cell ${reference} beyond the last column there can be.`);
  return index - 1;
}

/** `_x000D_` stands for a character that XML cannot hold. */
function unescapedText(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

interface Listener {
  open?(tag: SaxesTagPlain): void;
  text?(piece: string): void;
  close?(name: string): void;
}

function parserOf(listener: Listener): SaxesParser {
  const parser = new SaxesParser();
  parser.on('error', (fault) => {
    throw new Error(`the workbook is damaged: ${fault.message}`);
  });
  parser.on('doctype', () => {
    throw new Error('the workbook holds a document type, which no spreadsheet writes.');
  });
  parser.on('opentag', (tag) => listener.open?.({ ...tag, name: tag.name.replace(/^x:/, '') }));
  parser.on('text', (piece) => listener.text?.(piece));
  parser.on('cdata', (piece) => listener.text?.(piece));
  parser.on('closetag', (tag) => listener.close?.(tag.name.replace(/^x:/, '')));
  return parser;
}

/** Parses a part of the workbook where it has it. */
async function parse(zip: ZipArchive, path: string, limits: UnpackLimits, listener: Listener): Promise<void> {
  const entry = zip.entry(path);
  if (!entry) return;
  const parser = parserOf(listener);
  const decoder = new TextDecoder();
  for await (const chunk of zip.read(entry, limits)) parser.write(decoder.decode(chunk, { stream: true }));
  parser.write(decoder.decode()).close();
}
