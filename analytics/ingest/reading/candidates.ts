import type { CellMarks } from './scan-record.ts';

const SINGLE = [
  ',',
  ';',
  '\t',
  '|',
  ' ',
  ':',
  '^',
  '~',
  '#',
  '&',
  '*',
  '!',
  '=',
  '/',
  '\u0001',
  '\u001f',
  '\u001e',
  '¬',
  '§',
  '¦',
  '•',
  '‡',
];
const MOST_TEXT = 60_000;

/** The marks that could have cut the text: those whose signs stand in it. */
export function candidateMarks(start: string): CellMarks[] {
  const text = start.slice(0, MOST_TEXT);
  const long = new Set(unquoted(text).flatMap(longDelimiters));
  const delimiters = [...SINGLE.filter((sign) => sign === ',' || text.includes(sign)), ...long];
  const marks: CellMarks[] = [];
  for (const delimiter of delimiters) {
    for (const quote of quotesFor(text, delimiter)) {
      marks.push({ delimiter, quote });
      if (quote !== '' && text.includes(`\\${quote}`)) marks.push({ delimiter, quote, escape: '\\' });
    }
  }
  return marks;
}

/** The text without what stands in quotation marks, by each of the marks it may have. */
function unquoted(text: string): string[] {
  const paired = (text.split('"').length - 1) % 2 === 0;
  const texts = [text.replace(paired ? /"[^"]*"/g : /"[^"\r\n]*"/g, '""')];
  if (text.includes('\\"')) texts.push(text.replace(/"(?:[^"\\]|\\.)*"/gs, '""'));
  if (text.includes("'")) texts.push(text.replace(/'[^'\r\n]*'/g, "''"), text.replace(/'[^']*'/g, "''"));
  if (text.includes("\\'")) texts.push(text.replace(/'(?:[^'\\]|\\.)*'/gs, "''"));
  return texts;
}

/** Signs in a row that always come together: `||`, `, `, `::`, `|~|`. */
function longDelimiters(text: string): string[] {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  const seen = new Map<string, number>();
  for (const line of lines.slice(0, 200)) {
    const own = new Set<string>();
    for (const [run] of line.matchAll(/[^\p{L}\p{N}\s"'().+\-_\\]{2,}|[,;|:] (?! )|\t\t+| [|;,] |<->|-->|->|=>/gu)) {
      for (let length = 2; length <= Math.min(4, run.length); length++) own.add(run.slice(0, length));
    }
    for (const run of own) seen.set(run, (seen.get(run) ?? 0) + 1);
  }
  const found: string[] = [];
  for (const [run, count] of seen) {
    if (count < lines.slice(0, 200).length * 0.4 || run.trim() === '') continue;
    const sign = [...run].find((each) => each !== ' ') ?? '';
    const inRun = run.split(sign).length - 1;
    const alone = text.split(sign).length - 1;
    const always = (text.split(run).length - 1) * inRun >= alone * 0.97;
    if (always || (!/[,;\t ]/.test(run) && isSteady(lines.slice(0, 200).map((line) => line.split(run).length)))) found.push(run);
  }
  return found.filter((run) => !found.some((longer) => longer.length > run.length && longer.includes(run))).slice(0, 6);
}

/** True where nearly every line has the same number of pieces, three or more, or every line two. */
function isSteady(counts: readonly number[]): boolean {
  const [usual = 0] = [...counts].sort((a, b) => a - b).slice(Math.floor(counts.length / 2));
  return usual > 1 && counts.filter((count) => count === usual).length >= counts.length * (usual > 2 ? 0.9 : 1);
}

/** Signs that stand at the beginnings and the ends of cells about equally often. */
function quotesFor(text: string, delimiter: string): string[] {
  const quotes = ['"'];
  const cells = text.split(delimiter).length + text.split('\n').length;
  const framed = `\n${text.replaceAll('\r', '\n')}\n`;
  const edges = (edge: string) => framed.split(edge).length - 1;
  for (const sign of ["'", '`', '~', '|', '%', '$', '*']) {
    if (sign === delimiter || !text.includes(sign)) continue;
    const opens = edges(delimiter + sign) + edges(`\n${sign}`);
    const closes = edges(sign + delimiter) + edges(`${sign}\n`);
    const share = Math.min(opens, closes) / cells;
    if (
      opens > 0 &&
      closes > 0 &&
      Math.min(opens, closes) >= Math.max(opens, closes) * 0.7 &&
      share > (sign === "'" ? 0.005 : 0.2)
    )
      quotes.push(sign);
  }
  if (text.includes('"')) quotes.push('');
  return quotes;
}
