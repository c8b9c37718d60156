import type { ImportFinding } from '../../contract/import-report.ts';
import { ANY_OTHER } from '../../tables/definition.ts';
import { literal } from '../../tables/identifier.ts';
import { counted, examples, finding } from '../finding.ts';
import { type CellSource, type ColumnPlan, cellOf, quoted, saidToMeanNothing, trimmed } from './cell.ts';

const BOOLEANS: Readonly<Record<string, readonly string[]>> = {
  true: [
    ...['true', 'yes', 'y', 't', '1', '1.0', 'x', 'on', '✓', '✔'],
    ...['wahr', 'ja', 'vrai', 'oui', 'verdadero', 'si', 'sí', 'vero', 'sì', 'verdadeiro', 'sim', 'waar', 'sand', 'sant'],
    ...['tosi', 'kyllä', 'prawda', 'tak', 'ano', 'igen', 'да', 'evet'],
  ],
  false: [
    ...['false', 'no', 'n', 'f', '0', '0.0', 'off', '✗', '✘'],
    ...['falsch', 'nein', 'faux', 'non', 'falso', 'não', 'onwaar', 'nee', 'nej', 'nei', 'falsk', 'falskt'],
    ...['epätosi', 'ei', 'fałsz', 'nie', 'ne', 'nem', 'нет', 'hayır'],
  ],
};
/** `Closed Won (Sales Pipeline)`, as HubSpot names the stages of several pipelines. */
const WORDS_BEHIND = /\s*\([^()]*\)$/;
const SPELLINGS_LISTED = 20_000;

interface Spelling {
  readonly text: string;
  readonly count: number;
  readonly empty: boolean;
}

/** Reads a column of a closed list: categories by their members, booleans by the usual words. */
export async function planChoice(source: CellSource): Promise<ColumnPlan> {
  const members = source.column.type === 'boolean' ? BOOLEANS : (source.column.members ?? {});
  const byFold = new Map<string, string>();
  for (const [member, others] of Object.entries(members)) {
    for (const spelling of [member, ...others])
      if (fold(spelling) !== '' && !byFold.has(fold(spelling))) byFold.set(fold(spelling), member);
  }
  // How this very source writes a member goes before what spellings commonly mean.
  const own = Object.entries(source.profile?.tables[source.table.name]?.values[source.column.name] ?? {});
  for (const [member, spellings] of own)
    for (const spelling of spellings) if (spelling !== ANY_OTHER) byFold.set(fold(spelling), member);
  const rest = [...own, ...Object.entries(members)].find(([, others]) => others.includes(ANY_OTHER))?.[0] ?? null;
  const text = trimmed(source.position);
  const spellings = await source.sql.rows<Spelling>({
    text: `SELECT ${text} AS text, count(*) AS count, (${cellOf(source)}) IS NULL AS empty FROM ${source.relation} r
      GROUP BY ALL ORDER BY count DESC, text LIMIT ${SPELLINGS_LISTED}`,
  });
  const named = new Map<string, string[]>();
  const unknown: Spelling[] = [];
  const behind: Spelling[] = [];
  const isNothing = saidToMeanNothing(source);
  let lacks = false;
  for (const each of spellings) {
    const exact = each.text === null || isNothing(each.text) ? undefined : byFold.get(fold(each.text));
    const before = each.text === null || each.empty ? '' : each.text.replace(WORDS_BEHIND, '');
    const member = exact ?? (before === each.text ? undefined : byFold.get(fold(before)));
    if (member !== undefined && exact === undefined) behind.push(each);
    if (member !== undefined) named.set(member, [...(named.get(member) ?? []), each.text]);
    else if (each.empty) lacks = true;
    else unknown.push(each);
  }
  const known = [...named.values()].flat();
  const cell =
    known.length > 0
      ? `CASE WHEN ${text} IN (${known.map(literal).join(', ')}) THEN ${text} ELSE ${cellOf(source)} END`
      : cellOf(source);
  const { required } = source.column;
  return {
    name: source.column.name,
    header: source.header,
    position: source.position,
    cell,
    value: choiceValue(source, cell, named, rest),
    unreadable:
      unknown.length === 0 || rest !== null
        ? null
        : `${quoted(cell)} || ${literal(source.column.type === 'boolean' ? ' is neither yes nor no.' : ` is none of ${Object.keys(members).join(', ')}.`)}`,
    lacks: required && lacks,
    keepsText: !required && source.column.type === 'category' && rest === null && unknown.length > 0,
    currency: null,
    findings: [
      ...wordsBehind(source, behind),
      ...(rest === null ? unknownMembers(source, unknown, Object.keys(members)) : otherMembers(source, unknown, rest)),
    ],
  };
}

function choiceValue(
  source: CellSource,
  cell: string,
  named: ReadonlyMap<string, readonly string[]>,
  rest: string | null,
): string {
  const result = (member: string) => (source.column.type === 'boolean' ? member : literal(member));
  const cases = [...named].map(
    ([member, texts]) => `WHEN ${trimmed(source.position)} IN (${texts.map(literal).join(', ')}) THEN ${result(member)}`,
  );
  if (rest !== null) cases.push(`WHEN ${cell} IS NOT NULL THEN ${literal(rest)}`);
  const type = source.column.type === 'boolean' ? 'BOOLEAN' : 'VARCHAR';
  return cases.length > 0 ? `CASE ${cases.join(' ')} END` : `CAST(NULL AS ${type})`;
}

function unknownMembers(source: CellSource, unknown: readonly Spelling[], members: readonly string[]): ImportFinding[] {
  if (unknown.length === 0 || source.column.type === 'boolean') return [];
  const count = unknown.reduce((sum, each) => sum + each.count, 0);
  const several = unknown.filter((each) => each.text?.includes(';')).reduce((sum, each) => sum + each.count, 0);
  const fate = source.column.required ? 'the rows are rejected' : 'the value is left empty and its text kept beside the row';
  if (several > 0 && several === count) {
    const message = `${counted(count, 'cell')} of ${source.header} hold${count === 1 ? 's' : ''} several values, for example ${examples(unknown.slice(0, 3).map((each) => each.text))}, where ${source.column.name} is one; ${fate}.`;
    return [finding('several-values', source.header, count, { message, fix: 'Export the one value that counts.' })];
  }
  return [
    finding('unknown-member', source.header, count, {
      message: `${source.header} holds values that ${source.column.name} does not know, for example ${examples(unknown.slice(0, 3).map((each) => each.text))}; ${fate}.`,
      fix: `Write one of ${members.join(', ')}.`,
    }),
  ];
}

function wordsBehind(source: CellSource, behind: readonly Spelling[]): ImportFinding[] {
  if (behind.length === 0) return [];
  const count = behind.reduce((sum, each) => sum + each.count, 0);
  const message = `${counted(count, 'cell')} of ${source.header} ${count === 1 ? 'has' : 'have'} words in brackets behind the value, for example ${examples(behind.slice(0, 3).map((each) => each.text))}; ${count === 1 ? 'it was' : 'they were'} read without them.`;
  return [finding('words-behind', source.header, count, { message })];
}

function otherMembers(source: CellSource, unknown: readonly Spelling[], rest: string): ImportFinding[] {
  if (unknown.length === 0) return [];
  const count = unknown.reduce((sum, each) => sum + each.count, 0);
  const message = `${source.header} holds other values, for example ${examples(unknown.slice(0, 3).map((each) => each.text))}; they count as ${rest}.`;
  return [finding('other-member', source.header, count, { message })];
}

/** The spelling without case, blanks and punctuation; marks such as ✓ stand for themselves. */
function fold(spelling: string): string {
  return spelling
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}✓✔✗✘]/gu, '');
}
