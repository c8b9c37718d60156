import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { formatStreamCheck } from '../../analytics/cli/stream-check.ts';
import { builtInStreams, checkStageDocument, loadStreams, readStageDocument } from '../../analytics/streams/index.ts';
import { SOUND, spoiled } from './documents.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'weir-streams-'));
  await mkdir(join(dir, 'streams'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const drop = (name: string, text: string): Promise<void> => writeFile(join(dir, 'streams', name), text);

describe('loadStreams', () => {
  test('gives the built-in streams without a workspace, and where it has no folder of streams', async () => {
    expect((await loadStreams(null)).models.map(({ id }) => id)).toEqual(['NCV-01', 'NCV-02']);
    expect((await loadStreams(join(dir, 'nowhere'))).models).toHaveLength(2);
  });

  test('adds the documents that a user drops in', async () => {
    await drop('hiring.md', SOUND);
    const { models, checks } = await loadStreams(dir);
    expect(models.map(({ id }) => id)).toEqual(['HR-VS-7', 'NCV-01', 'NCV-02']);
    expect(checks.find(({ model }) => model?.id === 'HR-VS-7')?.findings.map(({ code }) => code)).toEqual([
      'dependency-unknown-stream',
    ]);
  });

  test('a document of the user replaces the built-in one of its id', async () => {
    await drop('mine.md', SOUND.replaceAll('HR-VS-7', 'NCV-01'));
    const { models, checks } = await loadStreams(dir);
    expect(models.map(({ name }) => name)).toEqual(['Hiring of People', 'EV Charging Solution Deployment']);
    expect(checks.find(({ model }) => model?.id === 'NCV-01')?.origin).toBe('workspace');
  });

  test('what cannot be used is left out, says why, and sinks nothing else', async () => {
    await drop('a.md', SOUND);
    await drop('b.md', SOUND);
    await drop('c.md', spoiled('| HR-VS-7.3 |', '| HR-VS-7.2 |').replaceAll('HR-VS-7', 'NCV-02'));
    await drop('d.md', 'Dear Ann');
    await drop('notes.txt', SOUND.replaceAll('HR-VS-7', 'TXT-1'));
    const { models, checks } = await loadStreams(dir);
    expect(models.map(({ id, name }) => `${id} ${name}`)).toEqual([
      'HR-VS-7 Hiring of People',
      'NCV-01 Smart Home Solution Delivery',
      'NCV-02 EV Charging Solution Deployment',
    ]);
    const first = (name: string): string | undefined => checks.find(({ file }) => file.endsWith(name))?.findings[0]?.code;
    expect([first('/a.md'), first('/b.md'), first('/c.md'), first('/d.md')]).toEqual([
      'dependency-unknown-stream',
      'stream-defined-twice',
      'not-loaded',
      'not-loaded',
    ]);
  });
});

describe('readStageDocument', () => {
  test('compares with the built-in streams where nothing else is given', async () => {
    await drop('hiring.md', spoiled('3.3 Interviewing', '10.2 Interviewing'));
    const { findings } = await readStageDocument(join(dir, 'streams', 'hiring.md'));
    expect(findings.filter(({ code }) => code === 'capability-two-names')).toHaveLength(2);
  });

  test('does not read a file of fifty megabytes', async () => {
    const file = join(dir, 'large.md');
    await writeFile(file, '# NCV-01');
    await truncate(file, 50_000_000);
    expect(await readStageDocument(file)).toMatchObject({ model: null, findings: [{ line: 1, code: 'too-large' }] });
  });

  test('a missing file and a folder are errors of their own', async () => {
    await expect(readStageDocument(join(dir, 'none.md'))).rejects.toMatchObject({ code: 'file-missing' });
    await expect(readStageDocument(dir)).rejects.toMatchObject({ code: 'file-unreadable' });
  });
});

describe('formatStreamCheck', () => {
  test('prints the model in outline and each finding with file and line', () => {
    const check = builtInStreams()[1];
    if (check === undefined) throw new Error('no built-in stream');
    const text = formatStreamCheck(check, 'ncv-02.md');
    expect(text).toContain('NCV-02 EV Charging Solution Deployment');
    expect(text).toContain('7 stages, 14 metrics');
    expect(text).toContain('15.4 Sourcing & Procurement; 10.2 Field Service & Work Management');
    expect(text).toMatch(/^ncv-02\.md:22 {2}criterion-inside-stream$/m);
    expect(text).not.toContain('undefined');
  });

  test('says so where there is no stage document, and where there is nothing to mend', () => {
    expect(formatStreamCheck(checkStageDocument(''), 'x.md')).toContain('x.md is no stage document.');
    expect(formatStreamCheck(checkStageDocument(SOUND), 'x.md')).toContain('No findings.');
  });
});
