import type { ImportFinding } from '../../contract/import-report.ts';
import { literal } from '../../tables/identifier.ts';
import { counted, finding } from '../finding.ts';
import type { CellSource } from './cell.ts';

/** How months are written in English, German, French, Spanish, Italian, Dutch, Portuguese, Swedish, Danish and Norwegian, Polish; dots at their end apart. */
const MONTHS: Readonly<Record<string, string>> = {
  Jan: 'january|januari|januar|jänner|janvier|janv|enero|ene|gennaio|gen|janeiro|stycznia|styczeń|sty',
  Feb: 'february|februari|februar|feber|février|févr|fév|febrero|febbraio|fevereiro|fev|lutego|luty|lut',
  Mar: 'march|märz|mrz|mär|mars|marzo|maart|mrt|março|marts|marca|marzec',
  Apr: 'april|avril|avr|abril|abr|aprile|kwietnia|kwiecień|kwi',
  May: 'may|mai|mayo|maggio|mag|mei|maio|maj|maja',
  Jun: 'june|juni|juin|junio|giugno|giu|junho|czerwca|czerwiec|cze',
  Jul: 'july|juli|juillet|juil|julio|luglio|lug|julho|lipca|lipiec|lip',
  Aug: 'august|août|agosto|ago|augustus|augusti|sierpnia|sierpień|sie',
  Sep: 'september|sept|septembre|septiembre|settembre|set|setembro|września|wrzesień|wrz',
  Oct: 'october|oktober|okt|octobre|octubre|ottobre|ott|outubro|out|października|październik|paź',
  Nov: 'november|novembre|noviembre|novembro|listopada|listopad|lis',
  Dec: 'december|dezember|dez|décembre|déc|diciembre|dic|dicembre|dezembro|desember|des|grudnia|grudzień|gru',
};
const WEEKDAYS = [
  ...['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday', 'mon', 'tues?', 'wed', 'thu(?:rs?)?', 'fri'],
  ...['sat', 'sun', 'montag', 'dienstag', 'mittwoch', 'donnerstag', 'freitag', 'samstag', 'sonnabend', 'sonntag'],
  ...['mo', 'di', 'mi', 'do', 'fr', 'sa', 'so', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
  ...['lun', 'mer', 'jeu', 'ven', 'sam', 'dim', 'lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo'],
];
/** Zones whose short names mean one offset only; EST, CST, IST and others mean several. */
const ZONES: Readonly<Record<string, string>> = {
  '+00:00': 'WET',
  '+01:00': 'CET|WEST|MEZ',
  '+02:00': 'CEST|EET|MESZ',
  '+03:00': 'EEST|MSK',
};

/** Signs of what {@link plainer} makes plain. */
const UNUSUAL = '\\pL{3}|[.] ?[mM]|^\\d{4}[.]|:\\d{2},\\d|^\\d{8}T\\d{6}[+-]|\\]$|\\d Z$';
/** English names of months have the database's own reading. */
const USUAL =
  '(?i)[-\\d ,:/]*(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sep(tember)?|oct(ober)?|nov(ember)?|dec(ember)?)[-\\d ,:/]*([AP]M)?';

const ZONE_NAME = `:\\d{2}(?:[.]\\d+)? ?(${Object.values(ZONES).join('|')})$`;

/** A step towards a plain time: what stands in the text, and what stands for it. */
const STEPS: readonly (readonly [pattern: string, replacement: string])[] = [
  [`(?i)^(?:${WEEKDAYS.join('|')})(?:[.]?, ?|[.] ?| )(\\d|\\pL{3,})`, '\\1'],
  // 2026-03-01T10:00+01:00[Europe/Berlin]
  ['(Z|[+-]\\d{2}:?\\d{2})\\[[A-Za-z_/+-]+\\]$', '\\1'],
  ['^(\\d{4})[.](\\d{1,2})[.](\\d{1,2})', '\\1-\\2-\\3'],
  ['(:\\d{2}),(\\d{1,9})(Z|[+-]\\d{2})', '\\1.\\2\\3'],
  ['(?i) ?\\b([ap])[.] ?m[.]?$', ' \\1m'],
  // 5 de marzo de 2026
  ['(?i)^(\\d{1,2})(?:[.]|st|nd|rd|th|er|º)? ?(?:de |di )?(\\pL{3,})(?: de| di)?[.,]? (\\d{4})', '\\1 \\2 \\3'],
  ['(?i)(\\d{4}),? (?:at|um|à|a las|alle|kl[.]?) (\\d)', '\\1 \\2'],
  ...Object.entries(MONTHS).map(([month, names]) => [`(?i)(^|[ -])(?:${names})[.]?([ ,-])`, `\\1${month}\\2`] as const),
  ['(?i)(^|[ -])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[.]([ ,-])', '\\1\\2\\3'],
  // Mar 04 10:00:00 UTC 2026
  ['^([A-Z][a-z]{2}) +(\\d{1,2}) (\\d{1,2}:\\d{2}(?::\\d{2})?)((?: [A-Z]{3,4}| [+-]\\d{4})?) (\\d{4})$', '\\2 \\1 \\5 \\3\\4'],
  ...Object.entries(ZONES).map(([offset, names]) => [`(:\\d{2}(?:[.]\\d+)?) ?(?:${names})$`, `\\1${offset}`] as const),
  ['(\\d) Z$', '\\1Z'],
  // 2026-03-01 10:00:00 +0100 CET, as Go writes times
  ['( [+-]\\d{2}:?\\d{2}) [A-Z]{2,5}$', '\\1'],
  ['^(\\d{4})(\\d{2})(\\d{2})T(\\d{2})(\\d{2})(\\d{2})([+-]\\d{2}:?\\d{2})$', '\\1-\\2-\\3T\\4:\\5:\\6\\7'],
];

/** The text of a column's times, as SQL, and what there is to say of it. */
interface PlainerText {
  readonly text: string;
  readonly findings: readonly ImportFinding[];
}

/**
 * The text of a time with what only people and mail programs write made plain: names of weekdays, months in other languages, `p.m.`,
 * zones by their short names. The very `cell` where no cell of the column has any.
 */
export async function plainer({ sql, relation, header }: CellSource, cell: string): Promise<PlainerText> {
  const unusual = `(regexp_matches(${cell}, ${literal(UNUSUAL)}) AND NOT regexp_full_match(${cell}, ${literal(USUAL)}))`;
  const [row] = await sql.rows<{ some: boolean }>({
    text: `SELECT EXISTS (SELECT 1 FROM ${relation} r WHERE ${unusual}) AS some`,
  });
  if (!row?.some) return { text: cell, findings: [] };
  const text = STEPS.reduce(
    (inner, [pattern, replacement]) => `regexp_replace(${inner}, ${literal(pattern)}, ${literal(replacement)})`,
    cell,
  );
  const named = await sql.rows<{ name: string; count: number }>({
    text: `SELECT regexp_extract(${cell}, ${literal(ZONE_NAME)}, 1) AS name, count(*) AS count FROM ${relation} r
      WHERE regexp_matches(${cell}, ${literal(ZONE_NAME)}) GROUP BY name ORDER BY count DESC, name`,
  });
  return { text: `CASE WHEN ${unusual} THEN ${text} ELSE ${cell} END`, findings: zoneNameFindings(header, named) };
}

function zoneNameFindings(header: string, named: readonly { readonly name: string; readonly count: number }[]): ImportFinding[] {
  if (named.length === 0) return [];
  const count = named.reduce((sum, each) => sum + each.count, 0);
  const offsets = named.map(
    ({ name }) => `${name} as ${Object.entries(ZONES).find(([, names]) => names.split('|').includes(name))?.[0]}`,
  );
  const message = `${counted(count, 'time')} of ${header} ${count === 1 ? 'names its zone by a short name, which was' : 'name their zones by short names, which were'} read as ${offsets.join(', ')}.`;
  return [finding('zone-by-name', header, count, { message })];
}
