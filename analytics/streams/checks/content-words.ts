const FUNCTION_WORDS = new Set(
  (
    'a an the and or of for in on at to from by with as is are be been was were has have had will may must can it its this that these those ' +
    'their our any all each other into before after if not no eg ie etc such than then so do does which who what there'
  ).split(' '),
);

/** The word's stem, cut roughly: enough that `qualifies`, `qualified` and `qualification` meet. */
export function stem(word: string): string {
  const base = word.toLowerCase();
  for (const ending of ENDINGS)
    if (base.endsWith(ending) && base.length - ending.length >= 3) return undoubled(base.slice(0, -ending.length));
  return base.replace(/[ey]$/, '');
}

const ENDINGS = [
  'ifications',
  'ification',
  'izations',
  'ization',
  'isations',
  'isation',
  'ations',
  'ation',
  'ifying',
  'ifies',
  'ified',
  'ify',
  'izing',
  'ised',
  'ized',
  'ions',
  'ion',
  'ments',
  'ment',
  'ating',
  'ates',
  'ated',
  'ate',
  'ings',
  'ing',
  'ies',
  'ied',
  'ers',
  'ed',
  'es',
  's',
];

function undoubled(base: string): string {
  return base.replace(/([bdgmnprt])\1$/, '$1').replace(/[ey]$/, '');
}

/** The words of a text that carry meaning, in order; function words leave a gap so that phrases do not reach across them. */
export function words(text: string): string[] {
  return text
    .split(/[^\p{L}\p{N}'’]+/u)
    .map((word) => word.replace(/['’]s?$/, ''))
    .filter((word) => word !== '');
}

export function isFunctionWord(word: string): boolean {
  return word.length < 2 || FUNCTION_WORDS.has(word.toLowerCase());
}

export function contentStems(text: string): string[] {
  return words(text)
    .filter((word) => !isFunctionWord(word))
    .map(stem);
}

/** Pairs of content words that stand side by side: the shortest phrases that name a thing. */
export function phrases(text: string): Set<string> {
  const found = new Set<string>();
  for (const clause of text.split(/[.,;:()[\]/]/)) {
    const all = words(clause);
    all.forEach((word, index) => {
      const next = all[index + 1];
      if (next !== undefined && !isFunctionWord(word) && !isFunctionWord(next)) found.add(`${stem(word)} ${stem(next)}`);
    });
  }
  return found;
}
