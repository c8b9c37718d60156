import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkStageDocument, type FindingCode } from '../../analytics/streams/index.ts';
import { runs } from '../support/random.ts';
import { lineHolding, SOUND, spoiled } from './documents.ts';

const codes = (source: string | Uint8Array): string[] => checkStageDocument(source).findings.map(({ code }) => code);

describe('what is no stage document gives a finding and no model', () => {
  const cases: readonly (readonly [why: string, source: string | Uint8Array, code: FindingCode])[] = [
    ['nothing', '', 'empty-document'],
    ['white space', ' \r\n\t\n', 'empty-document'],
    ['no bytes', new Uint8Array(), 'empty-document'],
    ['a NUL byte', `${SOUND}\0`, 'not-text'],
    ['bytes of a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]), 'not-text'],
    ['a lone continuation byte', new Uint8Array([0x41, 0x80]), 'not-text'],
    ['fifty megabytes of text', 'a line of text\n'.repeat(3_500_000), 'too-large'],
    ['fifty megabytes of bytes', new Uint8Array(50_000_000), 'too-large'],
    ['a letter', '# Dear Ann\n\nHow are you?', 'stream-id-missing'],
    ['a letter has no stages either', '# Dear Ann\n\nHow are you?', 'stage-table-missing'],
    ['a stream without a table of stages', '**Value Stream ID:** NCV-09\n', 'stage-table-missing'],
    [
      'a table of stages without rows',
      '**Value Stream ID:** NCV-09\n\n| Stage ID | Description | Metrics |\n|-|-|-|\n',
      'stage-table-missing',
    ],
    ['another table', '# NCV-09\n\n| ID | Price |\n|-|-|\n| 1 | 2 |\n', 'stage-table-missing'],
    ['a table of stages of no stream', '| Stage ID | Description | Metrics |\n|-|-|-|\n| 1 | x | y |\n', 'stream-id-missing'],
  ];
  test.each(cases)('%s', (_why, source, code) => {
    const { model, findings } = checkStageDocument(source);
    expect(model).toBeNull();
    expect(findings).toContainEqual(expect.objectContaining({ code, line: expect.any(Number) }));
  });

  test('a nameless stream still is one', () => {
    const document = spoiled('**Name:** Hiring of People', '', spoiled('# HR-VS-7: Hiring of People - Stages', '# HR-VS-7'));
    const { model, findings } = checkStageDocument(document);
    expect(model?.name).toBe('');
    expect(findings).toContainEqual(expect.objectContaining({ code: 'name-missing' }));
  });
});

describe('Markdown made to run away', () => {
  const cases: readonly (readonly [why: string, bad: string])[] = [
    ['quotes within quotes', '>'.repeat(9000)],
    ['lists within lists', '- '.repeat(9000)],
    ['footnotes within footnotes', '[^a]: '.repeat(9000)],
    ['lists that step in by every line', Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth * 2)}- a`).join('\n')],
    ['emphasis never closed', '**a_'.repeat(9000)],
    ['brackets never closed', '['.repeat(90_000)],
    ['links never closed', '[a]('.repeat(9000)],
    ['emphasis never closed over lines', '**a_ b\n'.repeat(9000)],
  ];
  test.each(cases)('%s: passed over with a finding, the rest is read', (_why, bad) => {
    const document = spoiled('## 3. Dependencies', `\n${bad}\n\n## 3. Dependencies`);
    const { model, findings } = checkStageDocument(document);
    expect(model?.stages).toHaveLength(3);
    const [complex] = findings.filter(({ code }) => code === 'too-complex');
    expect(complex?.line).toBeGreaterThan(lineHolding('HR-VS-7.3', document));
  });

  test('a table of a thousand rows is read', () => {
    const rows = Array.from(
      { length: 1000 },
      (_, index) => `| HR-VS-7.${index + 4} | S${index} | D. | 5.${index} C | I | O | M${index} |`,
    );
    const document = spoiled('| Refusals |', `| Refusals |\n${rows.join('\n')}`);
    expect(checkStageDocument(document).model?.stages).toHaveLength(1003);
  });
});

test('a thousand stages with one metric name give a thousand findings, not half a million', () => {
  const rows = Array.from({ length: 1000 }, (_, index) => `| HR-VS-7.${index + 4} | S | D. | 5.1 C${index} | I | O | Refusals |`);
  const { findings } = checkStageDocument(spoiled('| Refusals |', `| Refusals |\n${rows.join('\n')}`));
  expect(findings.filter(({ code }) => code === 'metric-name-repeated')).toHaveLength(1000);
  expect(findings.filter(({ code }) => code === 'capability-two-names')).toHaveLength(999);
});

describe('never throws', () => {
  const sound = (check: ReturnType<typeof checkStageDocument>): boolean =>
    check.findings.every(({ line, message, fix }) => Number.isInteger(line) && line >= 1 && message !== '' && fix !== '');

  test('on random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => sound(checkStageDocument(bytes))),
      { numRuns: runs(150) },
    );
  });

  test('on random pieces of Markdown', () => {
    const piece = fc.oneof(
      fc.constantFrom(...SOUND.split('\n').map((line) => `${line}\n`)),
      fc.constantFrom(
        '|',
        '- ',
        '> ',
        '**',
        '\n',
        '<!--',
        '-->',
        '```\n',
        '    ',
        '\t',
        ':',
        '1. ',
        '11. ',
        '<br>',
        '\\|',
        '[',
        '](',
        '---\n',
        '===\n',
      ),
      fc.string({ unit: 'binary', maxLength: 12 }),
    );
    const document = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(document, (text) => sound(checkStageDocument(text))),
      { numRuns: runs(150) },
    );
  });

  test('on a document cut off anywhere, with or without a hole in it', () => {
    const cut = fc.tuple(fc.nat(SOUND.length), fc.nat(SOUND.length), fc.nat(200));
    fc.assert(
      fc.property(cut, ([end, at, length]) =>
        sound(checkStageDocument((SOUND.slice(0, at) + SOUND.slice(at + length)).slice(0, end))),
      ),
      { numRuns: runs(150) },
    );
  });
});

test('a byte order mark alone is an empty document', () => {
  expect(codes('\uFEFF')).toEqual(['empty-document']);
});
