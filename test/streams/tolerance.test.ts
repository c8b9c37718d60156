import { describe, expect, test } from 'vitest';
import type { StreamModel } from '../../analytics/contract/stage-model.ts';
import { checkStageDocument } from '../../analytics/streams/index.ts';
import { SOUND, spoiled } from './documents.ts';

function modelOf(document: string | Uint8Array): StreamModel {
  const { model } = checkStageDocument(document);
  if (model === null) throw new Error('no model');
  return model;
}
const sound = modelOf(SOUND);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the sound document', () => {
  test('gives every part of the model', () => {
    expect(sound).toEqual({
      id: 'HR-VS-7',
      name: 'Hiring of People',
      version: '2.3',
      date: '2026-02-28',
      description: 'From a vacancy to a colleague at work.',
      valueProposition: 'The right person at work soon.',
      triggeringStakeholder: 'Hiring Manager',
      receivingStakeholder: 'New Colleague',
      entryCriteria: ['A vacancy has a budget.', 'The manager asks for help.'],
      exitCriteria: ['The colleague is at work.'],
      stages: [
        {
          id: 'HR-VS-7.1',
          name: 'Search',
          description: 'Find people.',
          capabilities: [
            { id: '3.1', name: 'Advertising' },
            { id: '3.2', name: 'Job Boards' },
          ],
          inputs: ['Vacancy'],
          outputs: ['Applications'],
          metrics: ['Applicant volume'],
        },
        {
          id: 'HR-VS-7.2',
          name: 'Interviews',
          description: 'Meet them.',
          capabilities: [{ id: '3.3', name: 'Interviewing' }],
          inputs: ['Applications'],
          outputs: ['Chosen candidate'],
          metrics: ['Hit ratio', 'Days to choice'],
        },
        {
          id: 'HR-VS-7.3',
          name: 'Signature',
          description: 'Agree on terms.',
          capabilities: [{ id: 'CAP-3', name: 'Legal Advice' }],
          inputs: ['Chosen candidate'],
          outputs: ['Signed contract'],
          metrics: ['Refusals'],
        },
      ],
      dependencies: [{ ids: ['FM-02'], text: 'Desks come from FM-02 Workplace Provision.' }],
      reviewers: ['HR Leadership', 'Works Council (central, local)'],
      nextReview: 'Every spring',
    });
  });
});

const lines = SOUND.split('\n');
const table = lines.filter((line) => line.startsWith('|')).join('\n');
const cells = (line: string): string[] => line.replace(/^\||\|$/g, '').split('|');
const reordered = table
  .split('\n')
  .map((line) => `|${[...cells(line)].reverse().join('|')}|`)
  .join('\n');
const boldless = SOUND.replaceAll('**', '');
const swapped = (() => {
  const at = SOUND.indexOf('## 2. Stages');
  const to = SOUND.indexOf('## 3. Dependencies');
  return SOUND.slice(0, at) + SOUND.slice(to) + SOUND.slice(at, to);
})();

const SAME: readonly (readonly [why: string, document: string | Uint8Array])[] = [
  ['line ends of Windows', SOUND.replaceAll('\n', '\r\n')],
  ['line ends of an old Mac', SOUND.replaceAll('\n', '\r')],
  ['a byte order mark', `\uFEFF${SOUND}`],
  ['UTF-8 bytes with a mark', bytes(`\uFEFF${SOUND}`)],
  ['UTF-16 as Windows Notepad saves it', new Uint8Array(Buffer.from(`\uFEFF${SOUND}`, 'utf16le'))],
  ['no bold at all', boldless],
  ['the colon outside the bold', SOUND.replaceAll(':**', '**:')],
  ['fields as list items', SOUND.replace(/^\*\*(?!Entry|Exit)/gm, '- **')],
  ['sections in another order', swapped],
  ['headings with other numbers', SOUND.replace('## 2. ', '### 4.1) ').replace('## 3. ', '## VII ')],
  ['criteria under headings', SOUND.replace(/\*\*(Entry|Exit) Criteria:\*\*/g, '### 1.1 $1 Criteria\n')],
  ['columns in reverse order', SOUND.replace(table, () => reordered)],
  [
    'columns under other names',
    SOUND.replace(/\| Stage ID.*/, '| ID | Stage | What (Description) | Capabilities (L2) | Inputs | Outputs | KPIs |'),
  ],
  [
    'id and name in one column',
    SOUND.replace(/\| Stage ID \| Stage Name/, '| Stage')
      .replace('|---', '')
      .replace(/\| (HR-VS-7\.\d) \| /g, '| $1 – ')
      .replace('| | | | * 3.2', '| | | * 3.2'),
  ],
  ['ids and names in bold and code', SOUND.replace(/\| (HR-VS-7\.\d) \| (\w+)/g, '| `$1` | **$2**')],
  ['hyphens that do not break', SOUND.replaceAll('| HR-VS-7.', '| HR‑VS‑7.')],
  ['bullets of other kinds', SOUND.replaceAll('| * 3', '| • 3').replace('| * CAP', '| - CAP')],
  ['no bullets in cells', SOUND.replaceAll('| * ', '| ')],
  [
    'two capabilities in one cell by <br>',
    SOUND.replace(/\n\| \| \| \| \* 3\.2.*/, '').replace('* 3.1 Advertising', '* 3.1 Advertising<br/>* 3.2 Job Boards'),
  ],
  [
    'two capabilities in one cell by comma',
    SOUND.replace(/\n\| \| \| \| \* 3\.2.*/, '').replace('* 3.1 Advertising', '3.1 Advertising, 3.2 Job Boards'),
  ],
  [
    'two capabilities in one cell by bullets in a row',
    SOUND.replace(/\n\| \| \| \| \* 3\.2.*/, '').replace('* 3.1 Advertising', '* 3.1 Advertising * 3.2 Job Boards'),
  ],
  ['capability ids behind their names', SOUND.replace('3.3 Interviewing', 'Interviewing (3.3)')],
  ['capability ids with a colon', SOUND.replace('3.3 Interviewing', '3.3: Interviewing')],
  ['metrics by <br>', SOUND.replace('Hit ratio, Days to choice', '• Hit ratio<br>• Days to choice')],
  ['metrics by semicolon', SOUND.replace('Hit ratio, Days to choice', 'Hit ratio; Days to choice')],
  ['a list in HTML', SOUND.replace('Hit ratio, Days to choice', '<ul><li>Hit ratio</li><li>Days to choice</li></ul>')],
  [
    'a stage id repeated where a spreadsheet had merged cells',
    SOUND.replace('| | | | * 3.2', '| HR-VS-7.1 | Search | Find people. | * 3.2'),
  ],
  ['ditto marks in a continuation row', SOUND.replace('| | | | * 3.2', '| " | " | " | * 3.2')],
  ['an empty row in the table', SOUND.replace('| HR-VS-7.2 |', '| | | | | | | |\n| HR-VS-7.2 |')],
  ['a table indented like code', SOUND.replace(/^\|/gm, '      |')],
  ['a criterion over two lines', SOUND.replace('A vacancy has a budget.', 'A vacancy has\n  a budget.')],
  ['a description over two lines', SOUND.replace('From a vacancy to', 'From a vacancy\nto')],
  ['a rule right below the last field', `${SOUND.trimEnd()}\n---\n`],
  [
    'comments between',
    SOUND.replace('## 2.', '<!-- | Stage ID | Name |\n-->\n\n## 2.').replace('Find people.', 'Find <!-- good --> people.'),
  ],
  [
    'extra sections with tables and fields of their own',
    `${SOUND}\n## Glossary\n\n**Owner:** nobody\n\n| Term | Meaning |\n|-|-|\n| Hire | to take on |\n\n**Scope:**\n- all of it\n`,
  ],
  ['an owner table by stage', `${SOUND}\n## Owners\n\n| Stage ID | Owner |\n|-|-|\n| HR-VS-7.1 | Ann |\n`],
  ['entities and odd spaces', SOUND.replace('Job Boards', 'Job&nbsp;\u200bBoards')],
  [
    'fields in a table of two columns',
    SOUND.replace(
      /\*\*Triggering Stakeholder:\*\* (.*)\n\*\*Receiving Stakeholder:\*\* (.*)\n/,
      '\n| Field | Value |\n|-|-|\n| **Triggering Stakeholder** | $1 |\n| Receiving Stakeholder: | $2 |\n\n',
    ),
  ],
  [
    'reviewers as a list',
    SOUND.replace('**Reviewers:** HR Leadership, ', '**Reviewers:**\n- HR Leadership\n- ').replace('\n**Next', '\n\n**Next'),
  ],
  ['a quote around the context', SOUND.replace(/^(\*\*(?:Value Stream ID|Name|Description).*)$/gm, '> $1')],
];

describe('a document that says the same in another way gives the same model', () => {
  test.each(SAME)('%s', (_why, document) => {
    expect(document).not.toBe(SOUND);
    expect(modelOf(document)).toEqual(sound);
  });
});

describe('single readings', () => {
  test('an escaped bar is part of the text', () => {
    expect(modelOf(spoiled('Find people.', 'Find \\| meet.')).stages[0]?.description).toBe('Find | meet.');
  });
  test('a comma within brackets parts nothing', () => {
    expect(modelOf(spoiled('| Refusals |', '| Time (days, hours), Refusals |')).stages[2]?.metrics).toEqual([
      'Time (days, hours)',
      'Refusals',
    ]);
  });
  test('a comma in a capability name parts nothing', () => {
    expect(modelOf(spoiled('3.3 Interviewing', '3.3 Talks, Tests & Tasks')).stages[1]?.capabilities).toEqual([
      { id: '3.3', name: 'Talks, Tests & Tasks' },
    ]);
  });
  test('nested criteria stay with the criterion they belong to', () => {
    expect(modelOf(spoiled('- A vacancy has a budget.', '- A vacancy has:\n  - a budget\n  - a desk')).entryCriteria).toEqual([
      'A vacancy has: a budget; a desk',
      'The manager asks for help.',
    ]);
  });
  test('a dependency list that Markdown takes for a numbered list keeps its number', () => {
    expect(modelOf(spoiled('Desks come from **FM-02 Workplace Provision**.', '11. Product Development')).dependencies).toEqual([
      { ids: ['11'], text: '11. Product Development' },
    ]);
  });
  test('numbers in prose are no ids', () => {
    expect(
      modelOf(spoiled('Desks come', 'In 2.5 days and 10.5 % of cases, Desks for COVID-19 come')).dependencies[0]?.ids,
    ).not.toContain('2.5');
  });
  test('without a name line, the title names the stream', () => {
    const model = modelOf(spoiled('**Name:** Hiring of People\n', ''));
    expect(model.name).toBe('Hiring of People');
  });
  test('without title and id line, the stages name the stream', () => {
    const document = spoiled('**Value Stream ID:** HR-VS-7', '', spoiled('# HR-VS-7: Hiring of People - Stages', '# Hiring'));
    expect(modelOf(document).id).toBe('HR-VS-7');
  });
  test('a table in two halves is one table', () => {
    const header = table.split('\n').slice(0, 2).join('\n');
    expect(modelOf(spoiled('| HR-VS-7.3 |', `\nand then\n\n${header}\n| HR-VS-7.3 |`)).stages.map(({ id }) => id)).toEqual([
      'HR-VS-7.1',
      'HR-VS-7.2',
      'HR-VS-7.3',
    ]);
  });
  test('a missing column leaves its part empty and is said once', () => {
    const { model, findings } = checkStageDocument(spoiled('| Key Metrics |', '| Remarks |'));
    expect(model?.stages.flatMap(({ metrics }) => metrics)).toEqual([]);
    expect(findings.map(({ code }) => code)).toEqual(['column-missing']);
  });
});
