import { describe, expect, test } from 'vitest';
import type { StreamModel } from '../../analytics/contract/stage-model.ts';
import { checkStageDocument, FINDING_SENTENCES, type FindingCode } from '../../analytics/streams/index.ts';
import { lineHolding, SOUND, spoiled } from './documents.ts';

interface Case {
  readonly why: string;
  readonly from: string;
  readonly to: string;
  readonly code: FindingCode;
  /** What stands on the finding's line; `null` where it concerns the whole document (line 1). */
  readonly at: string | null;
}

const row = (id: string): string => SOUND.split('\n').find((line) => line.startsWith(`| ${id} `)) ?? '';
const field = (label: string): string => SOUND.split('\n').find((line) => line.startsWith(`**${label}:**`)) ?? '';

const CASES: readonly Case[] = [
  { why: 'nobody says which version this is', from: field('Document Version'), to: '', code: 'version-missing', at: null },
  { why: 'nobody says of when this is', from: field('Date'), to: '', code: 'date-missing', at: null },
  { why: 'the date label stands without a date', from: '2026-02-28', to: '', code: 'date-missing', at: '**Date:**' },
  { why: '2026 is no leap year', from: '2026-02-28', to: '2026-02-29', code: 'date-malformed', at: '2026-02-29' },
  { why: '03/04/2026 names two days', from: '2026-02-28', to: '03/04/2026', code: 'date-malformed', at: '03/04/2026' },
  {
    why: 'a date in words is one day but not ISO',
    from: '2026-02-28',
    to: '28 February 2026',
    code: 'date-unusual',
    at: '28 Feb',
  },
  { why: 'no value proposition', from: field('Value Proposition'), to: '', code: 'value-proposition-missing', at: null },
  { why: 'no trigger', from: field('Triggering Stakeholder'), to: '', code: 'triggering-stakeholder-missing', at: null },
  { why: 'no receiver', from: field('Receiving Stakeholder'), to: '', code: 'receiving-stakeholder-missing', at: null },
  { why: 'no description', from: field('Description'), to: '', code: 'description-missing', at: null },
  { why: 'no reviewers', from: field('Reviewers'), to: '', code: 'reviewers-missing', at: null },
  { why: 'no next review', from: field('Next Review'), to: '', code: 'next-review-missing', at: null },
  {
    why: 'no entry criteria',
    from: '- A vacancy has a budget.\n- The manager asks for help.\n',
    to: '',
    code: 'entry-criteria-missing',
    at: '**Entry',
  },
  { why: 'no exit criteria', from: '- The colleague is at work.\n', to: '', code: 'exit-criteria-missing', at: '**Exit' },
  {
    why: 'no dependencies',
    from: '- Desks come from **FM-02 Workplace Provision**.\n',
    to: '',
    code: 'dependencies-missing',
    at: '## 3. Dep',
  },
  {
    why: 'the title is copied from another stream',
    from: '# HR-VS-7:',
    to: '# HR-VS-6:',
    code: 'stream-id-differs',
    at: '# HR-VS-6',
  },
  {
    why: 'the id stands in the title only',
    from: field('Value Stream ID'),
    to: '',
    code: 'stream-id-elsewhere',
    at: '# HR-VS-7',
  },
  {
    why: 'an id without a number',
    from: '**Value Stream ID:** HR-VS-7',
    to: '**Value Stream ID:** hiring',
    code: 'stream-id-malformed',
    at: 'hiring',
  },
  { why: 'the name is given twice', from: '## 3.', to: '**Name:** Firing\n\n## 3.', code: 'field-twice', at: 'Firing' },
  { why: 'a stage without metrics', from: '| Refusals |', to: '| |', code: 'stage-without-metrics', at: 'HR-VS-7.3' },
  { why: 'a dash is no metric', from: '| Refusals |', to: '| – |', code: 'stage-without-metrics', at: 'HR-VS-7.3' },
  { why: 'a stage without outputs', from: '| Signed contract |', to: '| |', code: 'stage-without-outputs', at: 'HR-VS-7.3' },
  { why: 'a stage without inputs', from: '| Vacancy |', to: '| n/a |', code: 'stage-without-inputs', at: 'HR-VS-7.1' },
  {
    why: 'a stage without capabilities',
    from: '* CAP-3 Legal Advice',
    to: '',
    code: 'stage-without-capabilities',
    at: 'HR-VS-7.3',
  },
  { why: 'a stage without description', from: '| Meet them. |', to: '| |', code: 'stage-without-description', at: 'HR-VS-7.2' },
  { why: 'a stage without name', from: '| Interviews |', to: '| |', code: 'stage-without-name', at: 'HR-VS-7.2' },
  { why: 'two stages of one id', from: '| HR-VS-7.3 |', to: '| HR-VS-7.2 |', code: 'stage-id-duplicate', at: 'Signature' },
  {
    why: 'stages in another order than their numbers',
    from: '| HR-VS-7.3 |',
    to: '| HR-VS-7.0 |',
    code: 'stage-id-order',
    at: 'Signature',
  },
  { why: 'a number left out', from: '| HR-VS-7.3 |', to: '| HR-VS-7.4 |', code: 'stage-id-gap', at: 'Signature' },
  {
    why: 'a stage pasted from another stream',
    from: '| HR-VS-7.3 |',
    to: '| HR-VS-8.3 |',
    code: 'stage-id-foreign',
    at: 'Signature',
  },
  { why: 'a number alone is no stage id', from: '| HR-VS-7.3 |', to: '| 3 |', code: 'stage-id-malformed', at: 'Signature' },
  { why: 'a word in the id column', from: '| HR-VS-7.3 |', to: '| third |', code: 'stage-id-malformed', at: 'Signature' },
  {
    why: 'a continuation row with a name of its own',
    from: '| | | | * 3.2',
    to: '| | Posting | | * 3.2',
    code: 'stage-id-absent',
    at: 'Posting',
  },
  {
    why: 'a continuation of nothing',
    from: row('HR-VS-7.1'),
    to: '| | | | * 3.9 Waiting | | | |',
    code: 'row-without-stage',
    at: '3.9 Waiting',
  },
  { why: 'a row one cell short', from: '| Refusals |', to: '|', code: 'cell-count', at: 'HR-VS-7.3' },
  { why: 'a bar that is not escaped', from: 'Agree on terms.', to: 'Agree | sign.', code: 'cell-count', at: 'HR-VS-7.3' },
  { why: 'a column that is not there', from: '| Key Metrics |', to: '| Remarks |', code: 'column-missing', at: '| Stage ID' },
  {
    why: 'a capability without id',
    from: 'CAP-3 Legal Advice',
    to: 'Legal Advice',
    code: 'capability-without-id',
    at: 'HR-VS-7.3',
  },
  { why: 'a capability without name', from: 'CAP-3 Legal Advice', to: 'CAP-3', code: 'capability-without-name', at: 'HR-VS-7.3' },
  {
    why: 'a capability twice in a stage',
    from: '3.2 Job Boards',
    to: '3.1 Advertising',
    code: 'capability-twice',
    at: '| | | |',
  },
  {
    why: 'one id with two names',
    from: '3.3 Interviewing',
    to: '3.1 Interviewing',
    code: 'capability-two-names',
    at: 'HR-VS-7.2',
  },
  { why: 'a metric twice in a stage', from: 'Days to choice', to: 'Hit ratio', code: 'metric-twice-in-stage', at: 'HR-VS-7.2' },
  {
    why: 'a metric name in two stages',
    from: '| Refusals |',
    to: '| hit  ratio |',
    code: 'metric-name-repeated',
    at: 'HR-VS-7.3',
  },
  { why: 'two names for one thing', from: '| Refusals |', to: '| Hit rate |', code: 'metric-name-similar', at: 'HR-VS-7.3' },
  {
    why: 'an output as entry criterion',
    from: 'A vacancy has a budget.',
    to: 'There is a signed contract.',
    code: 'criterion-inside-stream',
    at: 'a signed contract',
  },
  {
    why: 'a capability by whole number',
    from: 'FM-02 Workplace Provision',
    to: '11. Workplaces',
    code: 'dependency-no-stream',
    at: '11. Workplaces',
  },
  {
    why: 'a capability by number',
    from: 'FM-02 Workplace Provision',
    to: '10.8 Workplaces',
    code: 'dependency-no-stream',
    at: '10.8 Workplaces',
  },
  {
    why: 'a capability of this very document',
    from: 'FM-02 Workplace',
    to: 'CAP-3 Legal',
    code: 'dependency-no-stream',
    at: 'CAP-3 Legal Provision',
  },
  {
    why: 'a dependency without id',
    from: 'FM-02 Workplace Provision',
    to: 'the janitor',
    code: 'dependency-without-id',
    at: 'janitor',
  },
  { why: 'a dependency on itself', from: 'FM-02 Workplace Provision', to: 'HR-VS-7', code: 'dependency-on-itself', at: 'Desks' },
  {
    why: 'a comment never closed hides the rest',
    from: '## Document Control',
    to: '<!-- old',
    code: 'comment-open',
    at: '<!-- old',
  },
  {
    why: 'a second table of stages with other columns',
    from: '## 3.',
    to: '| Stage ID | Stage Name | Description |\n|-|-|-|\n| HR-VS-7.1 | S | D |\n\n## 3.',
    code: 'stage-table-ignored',
    at: '| Stage ID | Stage Name | Description |\n'.slice(0, 20),
  },
];

function findingsOf(document: string, others: readonly StreamModel[] = []) {
  return checkStageDocument(document, { others }).findings;
}

describe('findings', () => {
  test('a sound document has none', () => {
    expect(findingsOf(SOUND)).toEqual([]);
  });

  test.each(CASES)('$code: $why', ({ from, to, code, at }) => {
    const document = spoiled(from, to);
    const line =
      at === null
        ? 1
        : code === 'stage-table-ignored'
          ? lineHolding('| Stage ID | Stage Name | Description |', document.replace(/\| Stage ID.*Key Metrics \|/, 'first table'))
          : lineHolding(at, document);
    expect(findingsOf(document)).toContainEqual(expect.objectContaining({ code, line }));
  });

  test('every finding says what is wrong and what to do, with no hole left open', () => {
    for (const { from, to } of CASES) {
      for (const { message, fix } of findingsOf(spoiled(from, to))) {
        expect(`${message} ${fix}`).not.toMatch(/\{\w+\}|undefined|""/);
      }
    }
  });

  test('findings come in the order of lines', () => {
    const lines = findingsOf(spoiled('| Refusals |', '|', spoiled('2026-02-28', 'soon'))).map(({ line }) => line);
    expect(lines).toEqual([...lines].sort((one, other) => one - other));
  });

  test('what other documents say is held against this one, and not against itself', () => {
    const own = checkStageDocument(SOUND).model;
    const other = checkStageDocument(
      spoiled(
        'CAP-3 Legal Advice',
        'CAP-3 Catering',
        SOUND.replaceAll('HR-VS-7', 'FM-02').replaceAll('FM-02 Workplace Provision', 'ZZ-01 Land'),
      ),
    ).model;
    if (own === null || other === null) throw new Error('no model');
    expect(findingsOf(SOUND, [own])).toEqual([expect.objectContaining({ code: 'dependency-unknown-stream' })].slice(1));
    const found = findingsOf(SOUND, [own, other]);
    expect(found).toContainEqual(
      expect.objectContaining({
        code: 'capability-two-names',
        line: lineHolding('HR-VS-7.3', SOUND),
        message: 'Capability CAP-3 is "Legal Advice" here and "Catering" in FM-02.',
      }),
    );
    expect(found.filter(({ code }) => code === 'metric-name-repeated')).toHaveLength(4);
    expect(found.filter(({ code }) => code === 'dependency-unknown-stream')).toEqual([]);
    expect(findingsOf(spoiled('FM-02 Workplace', 'FM-99 Workplace'), [other])).toContainEqual(
      expect.objectContaining({ code: 'dependency-unknown-stream', line: lineHolding('FM-99', spoiled('FM-02', 'FM-99')) }),
    );
  });

  test('every code of the table fires in these tests or in those of files and of the library', () => {
    const elsewhere: FindingCode[] = [
      'empty-document',
      'too-large',
      'not-text',
      'too-complex',
      'stream-id-missing',
      'name-missing',
      'stage-table-missing',
      'dependency-unknown-stream',
      'not-loaded',
      'stream-defined-twice',
    ];
    const codes = new Set<string>([...CASES.map(({ code }) => code), ...elsewhere]);
    expect(Object.keys(FINDING_SENTENCES).filter((code) => !codes.has(code))).toEqual([]);
  });
});
