import { expect, test } from 'vitest';
import { settingsSchema } from '../../analytics/contract/settings.ts';

const calendar = (opens: string, closes: string) => ({ calendars: { default: { weekdays: [1], opens, closes } } });

test('an empty file is valid, and every setting has a default', () => {
  expect(settingsSchema.parse({})).toMatchObject({ timeZone: 'UTC', currency: 'USD', rules: { repeatVisitDays: 30 } });
});

test('a calendar that closes before it opens would give negative business hours and is refused', () => {
  expect(settingsSchema.safeParse(calendar('22:00', '06:00')).error?.issues[0]?.message).toContain('closes later');
  expect(settingsSchema.safeParse(calendar('09:00', '09:00')).success).toBe(false);
  expect(settingsSchema.safeParse(calendar('00:00', '24:00')).success).toBe(true);
});
