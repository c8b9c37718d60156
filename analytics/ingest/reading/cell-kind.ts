/** What a cell looks like by itself, before any column has a meaning. `odd` is what no well-cut cell looks like. */
export type CellKind = 'empty' | 'number' | 'moment' | 'code' | 'text' | 'odd';

const NUMBER =
  /^[-+(]?\s?[$€£¥]?\s?[-+]?(\d+|\d{1,3}([,. '\u00a0\u202f]\d{2,3})+)?([.,]\d+)?([eE][-+]?\d{1,3})?\s?[$€£¥%]?\)?-?$/;
const DATE = String.raw`(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})|\d{1,2}[- ./]?[A-Za-z]{3,9}\.?[- ,./]{0,2}(\d{4}|\d{2})|[A-Za-z]{3,9}\.? \d{1,2},? \d{4})`;
const TIME = String.raw`\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[AaPp]\.?[Mm]\.?)?`;
const ZONE = String.raw`( ?(Z|UTC|GMT|[-+]\d{2}:?\d{2}))?`;
const MOMENT = new RegExp(`^(${DATE}|${TIME}|${DATE}(T|,? )${TIME}${ZONE})$`);
const NULL_WORD = /^(n\/?a|null|none|nan|nil|-|--|\?|\.)$/i;
const CODE = /^([\w.+-]+@[\w-]+(\.[\w-]+)+|(https?|ftp):\/\/\S+|www\.\S+|[\w-]+([./_:-][\w-]+)*)$/;
const EDGES = /^[,;|\t"^~]|[,;|\t"^~]$/;

/** The kind of a cell; a word that says "nothing" counts as empty. */
export function kindOf(cell: string): CellKind {
  const text = cell.length > 400 ? cell.slice(0, 400).trim() : cell.trim();
  if (text === '' || NULL_WORD.test(text)) return 'empty';
  if (/\d/.test(text)) {
    if (NUMBER.test(text)) return 'number';
    if (MOMENT.test(text)) return 'moment';
  }
  if (CODE.test(text)) return 'code';
  if (EDGES.test(text) && !isPaired(text)) return 'odd';
  return 'text';
}

/** True where the sign at an edge is a quotation mark that has its partner. */
function isPaired(text: string): boolean {
  return !/^[,;|\t^~]|[,;|\t^~]$/.test(text) && (text.split('"').length - 1) % 2 === 0;
}

/** True for kinds that a column's name does not have. */
export function isTyped(kind: CellKind): boolean {
  return kind === 'number' || kind === 'moment';
}
