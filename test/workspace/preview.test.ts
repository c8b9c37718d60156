import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FileChoices } from '../../analytics/contract/file-choices.ts';
import type { ImportPreview } from '../../analytics/contract/import-preview.ts';
import { createWorkspace } from '../../analytics/workspace/create.ts';
import { type Engine, openEngine } from '../../analytics/workspace/engine.ts';

let folder: string;
let engine: Engine;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-preview-'));
  await createWorkspace(join(folder, 'workspace'), { sample: false });
  engine = await openEngine(join(folder, 'workspace'), {
    progress: () => undefined,
    changed: () => undefined,
    watched: () => undefined,
  });
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

async function written(name: string, content: string | Buffer): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

async function preview(file: string, choices: FileChoices = {}): Promise<ImportPreview> {
  const outcome = await engine.call('import.preview', { file, ...choices });
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

const columnOf = (seen: ImportPreview, header: string) => seen.columns.find((column) => column.header === header);

test('every column tells what it fills, how it is read, how many cells are, and what became of them', async () => {
  const file = await written(
    'leads.csv',
    'lead_id;created_at;region;colour\nL1;13/04/2026;North;red\nL2;31/12/2026;n/a;\nL3;32/12/2026;;blue\n',
  );
  const seen = await preview(file);
  expect(seen).toMatchObject({
    format: 'text',
    encoding: 'UTF-8',
    dialect: { delimiter: ';', quote: '"', headerLine: 1 },
    table: 'lead',
    questions: [],
    refusal: null,
    report: { rows: { read: 3, inserted: 2, updated: 0, unchanged: 0, duplicate: 0, rejected: 1 } },
  });
  expect(columnOf(seen, 'created_at')).toEqual({
    header: 'created_at',
    column: 'created_at',
    readAs: [
      { kind: 'date-order', text: 'D/M/Y', changeable: false },
      { kind: 'zone', text: 'UTC time', changeable: true },
    ],
    nullWords: [],
    counts: { filled: 2, empty: 0, unreadable: 1 },
    samples: [
      { raw: '13/04/2026', understood: '2026-04-13 00:00 UTC' },
      { raw: '31/12/2026', understood: '2026-12-31 00:00 UTC' },
      { raw: '32/12/2026', understood: null },
    ],
    unreadable: '32/12/2026',
    made: false,
  });
  expect(columnOf(seen, 'region')).toMatchObject({ nullWords: ['n/a'], counts: { filled: 1, empty: 2, unreadable: 0 } });
  expect(columnOf(seen, 'colour')).toMatchObject({ column: null, counts: { filled: 2, empty: 1, unreadable: 0 } });
  expect(seen.rejects.map(({ line, column }) => [line, column])).toEqual([[4, 'created_at']]);
  expect(seen.sample.map(({ line }) => line)).toEqual([2, 3, 4]);
  const outcome = await engine.call('import.batches', {});
  expect(outcome).toEqual({ ok: true, value: [] });
});

test('what the values leave open is asked at once, each answer with what it makes of them; nothing is guessed meanwhile', async () => {
  const file = await written(
    'open.csv',
    'lead_id,created_at,converted_at,region\nL1,03/04/2026,05/06/2026,North\nL2,03/04/2026,07/08/2026,South\n',
  );
  const seen = await preview(file);
  expect(seen.report).toBeNull();
  expect(seen.questions.map(({ kind, header }) => [kind, header])).toEqual([
    ['date-order', 'created_at'],
    ['date-order', 'converted_at'],
  ]);
  expect(seen.questions[1]?.answers.map(({ value, examples }) => [value, examples])).toEqual([
    [
      'day-first',
      [
        { raw: '05/06/2026', understood: '5 June 2026' },
        { raw: '07/08/2026', understood: '7 August 2026' },
      ],
    ],
    [
      'month-first',
      [
        { raw: '05/06/2026', understood: '6 May 2026' },
        { raw: '07/08/2026', understood: '8 July 2026' },
      ],
    ],
  ]);
  expect(columnOf(seen, 'created_at')).toMatchObject({ counts: null, samples: [{ raw: '03/04/2026', understood: null }] });
  expect(columnOf(seen, 'region')).toMatchObject({ counts: { filled: 2, empty: 0, unreadable: 0 } });
  const one = await preview(file, { columns: { created_at: { dateOrder: 'day-first' } } });
  expect(one.questions.map(({ header }) => header)).toEqual(['converted_at']);
  const both = await preview(file, {
    columns: { created_at: { dateOrder: 'day-first' }, converted_at: { dateOrder: 'month-first' } },
  });
  expect(both.report?.rows).toMatchObject({ read: 2, inserted: 2 });
  expect(columnOf(both, 'converted_at')?.samples[0]).toEqual({ raw: '05/06/2026', understood: '2026-05-06 00:00 UTC' });
  expect(columnOf(both, 'converted_at')?.readAs[0]).toEqual({ kind: 'date-order', text: 'M/D/Y', changeable: true });
});

test('a mark that may be of decimals or of thousands is asked', async () => {
  const file = await written('marks.csv', 'spend_id,date,amount\nM1,2026-01-01,"1,234"\n');
  const seen = await preview(file);
  const [question] = seen.questions;
  expect(question).toMatchObject({ kind: 'decimal-mark', header: 'amount' });
  expect(question?.answers.map(({ value, examples }) => [value, examples[0]])).toEqual([
    ['.', { raw: '1,234', understood: '1234' }],
    [',', { raw: '1,234', understood: '1.234' }],
  ]);
});

test('a file that fits no table shows its rows, and once a table is named what it lacks', async () => {
  const file = await written('shop.csv', 'Nr;Datum;Wert\nA1;2026-01-02;7\n');
  const seen = await preview(file);
  expect(seen).toMatchObject({ table: null, fields: [], report: null, refusal: { code: 'file-no-header' } });
  expect(seen.columns.map(({ header, samples }) => [header, samples[0]?.raw])).toEqual([
    ['Nr', 'A1'],
    ['Datum', '2026-01-02'],
    ['Wert', '7'],
  ]);
  const named = await preview(file, { table: 'lead' });
  expect(named.refusal?.code).toBe('file-lacks-columns');
  expect(named.fields.filter((field) => field.required).map((field) => field.name)).toEqual(['lead_id', 'created_at']);
  const mapped = await preview(file, {
    table: 'lead',
    columns: { Nr: { column: 'lead_id' }, Datum: { column: 'created_at' } },
  });
  expect(mapped.report?.rows).toMatchObject({ read: 1, inserted: 1 });
});

test('a file that was imported before still shows what was understood of it, also where a later one changed nothing', async () => {
  const file = await written('known.csv', 'lead_id,created_at\nP1,2026-01-02T00:00:00Z\n');
  await engine.call('import.files', { files: [file] });
  const seen = await preview(file);
  expect(seen.report?.findings.map(({ code }) => code)).toContain('file-known');
  expect(seen.report?.rows).toMatchObject({ read: 1, unchanged: 1, inserted: 0 });
  expect(columnOf(seen, 'lead_id')?.samples).toEqual([{ raw: 'P1', understood: 'P1' }]);
});

test('cells that run over several lines are shown whole', async () => {
  const file = await written('long cells.csv', 'lead_id,created_at,region\nQ1,2026-01-02T00:00:00Z,"North\nEast"\n');
  expect(columnOf(await preview(file), 'region')?.samples).toEqual([{ raw: 'North\nEast', understood: 'North\nEast' }]);
});

const SAVED = {
  name: 'oslo-crm',
  title: 'The CRM of Oslo',
  basedOn: null,
  table: 'lead',
  columns: [
    { header: 'Nummer', column: 'lead_id' },
    { header: 'Opprettet', column: 'created_at' },
    { header: 'region', column: null },
  ],
  choices: { columns: { Opprettet: { dateOrder: 'day-first', timeZone: 'Europe/Oslo' } } },
} as const;

test('what is in force for a file is saved as a profile that reads the next one without a question', async () => {
  const saved = await engine.call('profile.save', SAVED);
  expect(saved).toMatchObject({
    ok: true,
    value: { name: 'oslo-crm', path: join(folder, 'workspace', 'profiles', 'oslo-crm.json') },
  });
  expect(JSON.parse(await readFile(join(folder, 'workspace', 'profiles', 'oslo-crm.json'), 'utf8'))).toEqual({
    name: 'oslo-crm',
    title: 'The CRM of Oslo',
    tables: {
      lead: {
        recognisedBy: [['Nummer', 'Opprettet']],
        columns: { lead_id: ['Nummer'], created_at: ['Opprettet'], region: [] },
        readAs: { created_at: { dateOrder: 'day-first', timeZone: 'Europe/Oslo' } },
      },
    },
  });
  const file = await written('oslo.csv', 'Nummer,Opprettet,region\nO1,01/02/2026 12:00,Nord\n');
  const seen = await preview(file);
  expect(seen).toMatchObject({ profile: 'oslo-crm', table: 'lead', questions: [], report: { rows: { inserted: 1 } } });
  // Oslo is an hour ahead of UTC in winter.
  expect(columnOf(seen, 'Opprettet')?.samples).toEqual([{ raw: '01/02/2026 12:00', understood: '2026-02-01 11:00 UTC' }]);
  expect(columnOf(seen, 'region')?.column).toBeNull();
});

test('a name that is taken, or is none, is refused in words; a profile is replaced where that is said', async () => {
  const refused = async (change: object) => {
    const outcome = await engine.call('profile.save', { ...SAVED, ...change });
    return outcome.ok ? null : [outcome.error.code, outcome.error.message];
  };
  expect(await refused({})).toEqual(['profile-exists', expect.stringContaining('The CRM of Oslo')]);
  expect(await refused({ name: 'salesforce' })).toEqual(['profile-exists', expect.stringContaining('Salesforce')]);
  for (const name of ['', 'Oslo CRM', '../oslo', '9-oslo', 'con', 'a'.repeat(61)]) {
    expect(await refused({ name })).toEqual(['profile-name', expect.stringContaining('our-crm')]);
  }
  expect(await refused({ replace: true, title: 'Anew' })).toBeNull();
  const twins = [
    { header: 'when', column: 'lead_id' },
    { header: 'when (2)', column: 'created_at' },
  ];
  expect(await refused({ name: 'twins', columns: twins })).toEqual(['bad-request', expect.stringContaining('when (2)')]);
});
