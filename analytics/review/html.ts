/** Text that is already markup and must not be escaped again. */
export interface Markup {
  readonly markup: string;
}

type Piece = string | number | Markup | readonly Markup[] | null;

/** Builds markup from a template: every hole is escaped unless it is markup itself; null leaves nothing. */
export function html(texts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return { markup: texts.map((text, index) => text + pieceMarkup(pieces[index] ?? null)).join('') };
}

/** Declares a text to be markup: for the style sheet and for charts that the chart library drew. */
export function trusted(markup: string): Markup {
  return { markup };
}

function pieceMarkup(piece: Piece): string {
  if (piece === null) return '';
  if (typeof piece === 'string') return escaped(piece);
  if (typeof piece === 'number') return String(piece);
  if ('markup' in piece) return piece.markup;
  return piece.map((each) => each.markup).join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
