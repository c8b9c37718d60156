import { describe, expect, it } from 'vitest';
import { DAY, dayNumber, dayOf, dayText, HOUR, instantAt, minuteOfDay, weekday } from '../../sample-data/generator/clock.ts';

const wall = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/New_York',
  dateStyle: 'short',
  timeStyle: 'short',
  hourCycle: 'h23',
});

describe('the clock of the sample', () => {
  it('reads New York as the time zone database does, hour by hour, over both changes of the clock', () => {
    for (let at = Date.UTC(2024, 2, 1); at < Date.UTC(2026, 11, 1); at += 7 * HOUR) {
      const [date, time] = wall.format(at).split(', ') as [string, string];
      const minutes = minuteOfDay(at);
      const clock = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
      expect(`${dayText(dayOf(at))} ${clock}`).toBe(`${date} ${time}`);
    }
  });

  it('has a day of 23 hours in spring and of 25 in autumn', () => {
    const length = (text: string) => (instantAt(dayNumber(text) + 1) - instantAt(dayNumber(text))) / HOUR;
    expect([length('2025-03-09'), length('2025-11-02'), length('2025-07-01')]).toEqual([23, 25, 24]);
    expect(instantAt(dayNumber('2025-03-09'), 8 * 60)).toBe(Date.UTC(2025, 2, 9, 12));
  });

  it('knows the weekday, 1 for Monday', () => {
    expect([weekday(dayNumber('2026-10-31')), weekday(dayNumber('2026-11-01')), weekday(dayNumber('1969-12-29'))]).toEqual([
      6, 7, 1,
    ]);
    expect(dayOf(DAY / 2)).toBe(0);
  });
});
