import { expect, test } from 'vitest';
import type { z } from 'zod';
import { issueText } from '../../analytics/contract/issue-text.ts';
import { metricHeaderSchema } from '../../analytics/contract/metric-definition.ts';
import { settingsSchema } from '../../analytics/contract/settings.ts';

const said = (schema: z.ZodType, value: unknown) => issueText(schema.safeParse(value).error as z.ZodError);

test('a field that is wrong is named with what to write instead', () => {
  expect(said(settingsSchema, { timeZone: 'Mars' })).toBe('timeZone: Use an IANA time zone such as Europe/Berlin or UTC.');
  expect(said(settingsSchema, { rules: { repeatVisitDay: 3 } })).toBe(
    'rules: "repeatVisitDay" is nothing that can stand here; check the spelling.',
  );
  expect(said(settingsSchema, { rules: { repeatVisitDays: 0 } })).toBe('rules.repeatVisitDays: must be more than 0.');
  expect(said(settingsSchema, { rules: { repeatVisitDays: 1.5 } })).toBe('rules.repeatVisitDays: must be a whole number.');
  expect(said(settingsSchema, { fiscalYearStart: 13 })).toBe('fiscalYearStart: must be at most 12.');
  expect(said(settingsSchema, { uptime: { profile: 'uk' } })).toBe('uptime.profile: must be one of connected, faultFree, nevi.');
  expect(said(settingsSchema, { rules: { travelIsProductive: 'yes' } })).toBe('rules.travelIsProductive: must be true or false.');
  expect(said(settingsSchema, { targets: [{ metric: 'ncv-01.3/win-rate', source: 'us' }] })).toBe(
    'targets[0]: A target has either a value, or low and high.',
  );
});

test('a metric file without most of its header says what is missing', () => {
  const words = said(metricHeaderSchema, { stage: 'NCV-01.1', name: 'Mine', unit: 'miles' });
  expect(words).toContain('meaning: is missing.');
  expect(words).toContain('unit: must be one of count, fraction, currency,');
});
