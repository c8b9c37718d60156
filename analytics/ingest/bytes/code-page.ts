import { analyse } from 'chardet';
import iconv from 'iconv-lite';

/** The letters that are commonest in the languages of a script, by the encodings in which it is written. */
const SCRIPTS: Readonly<Record<string, string>> = {
  'Windows-1251': 'оеаинтсрвлк',
  'KOI8-R': 'оеаинтсрвлк',
  IBM866: 'оеаинтсрвлк',
  'Windows-1253': 'αοιετσνηυρκ',
};
/** What the analysis calls encodings of other letters than those of western Europe. */
const OTHERS: Readonly<Record<string, string>> = {
  'ISO-8859-2': 'Windows-1250',
  'windows-1250': 'Windows-1250',
  'windows-1251': 'Windows-1251',
  'KOI8-R': 'KOI8-R',
  'ISO-8859-7': 'Windows-1253',
  'windows-1253': 'Windows-1253',
  'ISO-8859-9': 'Windows-1254',
  'windows-1254': 'Windows-1254',
  GB18030: 'GB18030',
  Big5: 'Big5',
  Shift_JIS: 'Shift_JIS',
  'EUC-JP': 'EUC-JP',
  'EUC-KR': 'EUC-KR',
};
/** Of words in other scripts nearly every letter lies beyond ASCII. */
const ALL_BEYOND = 0.8;
const FEWEST_LETTERS = 12;
const LEAST_COMMON = 0.45;
const LEAST_CONFIDENCE = 25;

/** The encoding that words with letters beyond ASCII look like, where that is none of western Europe; null where nothing tells. */
export function looksLike(bytes: Buffer): string | null {
  const words = wordsBeyondAscii(bytes);
  const letters = words.filter((byte) => byte !== 0x20);
  const beyond = letters.filter((byte) => byte >= 0x80).length;
  if (beyond < FEWEST_LETTERS) return null;
  if (beyond > letters.length * ALL_BEYOND) {
    const [best] = Object.entries(SCRIPTS)
      .map(([name, common]) => ({ name, share: shareOf(iconv.decode(words, name), common) }))
      .sort((a, b) => b.share - a.share);
    if (best && best.share >= LEAST_COMMON) return best.name;
  }
  const [first, ...rest] = analyse(words);
  if (!first || first.confidence < LEAST_CONFIDENCE) return null;
  const western = rest.find(({ name }) => name === 'ISO-8859-1' || name === 'windows-1252')?.confidence ?? 0;
  return first.confidence > western ? (OTHERS[first.name] ?? null) : null;
}

function wordsBeyondAscii(bytes: Buffer): Buffer {
  const found: number[] = [];
  let word: number[] = [];
  const end = () => {
    if (word.length > 1 && word.some((byte) => byte >= 0x80)) found.push(...word, 0x20);
    word = [];
  };
  for (const byte of bytes) {
    if (byte >= 0x80 || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)) word.push(byte);
    else end();
  }
  end();
  return Buffer.from(found);
}

/** The share of the letters that are `common`; a small letter before a capital says that capitals and small letters are mixed up. */
function shareOf(text: string, common: string): number {
  const letters = [...text].filter((sign) => sign !== ' ');
  const turned = text.match(/\p{Ll}\p{Lu}/gu)?.length ?? 0;
  return (letters.filter((letter) => common.includes(letter.toLowerCase())).length - turned) / Math.max(1, letters.length);
}
