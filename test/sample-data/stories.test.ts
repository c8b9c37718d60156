import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SAMPLE } from './extract-reader.ts';

interface Share {
  num: number;
  den: number;
  value: number;
}
interface Sides<Figures> {
  before: Figures;
  after: Figures;
}
interface Quarter {
  total: Share;
  bySegment: Record<string, Share>;
}
interface Stories {
  weakCrew: { crewItself: Sides<Share>; otherCrews: Sides<Share> };
  lateLosses: { byMonthOfQuarter: Share[]; quarterly: Share[] };
  mixShift: Sides<Quarter>;
  firmware: { regionItself: Sides<{ gross: number; net: number }>; otherRegions: Sides<{ net: number }> };
  collectorSilence: { minutes: number; unobservedPortMinutes: number; portsInService: number };
  youngCohorts: { metric: string; period: string; pending: number }[];
  smallSegment: { lastTwelveMonths: Share; mostInOneMonth: number };
  workWithoutContract: { count: number; workOrders: string[] };
  plantedDefects: Record<string, number>;
}

const stories = JSON.parse(readFileSync(join(SAMPLE, 'answers/stories.json'), 'utf8')) as Stories;
const metrics = JSON.parse(readFileSync(join(SAMPLE, 'answers/metrics.json'), 'utf8')) as {
  rows: { metric: string; segment: string | null }[];
};

describe('the stories the sample tells', () => {
  it('one crew falls well below its past and below the others', () => {
    const { crewItself, otherCrews } = stories.weakCrew;
    expect(crewItself.before.value - crewItself.after.value).toBeGreaterThan(0.12);
    expect(Math.abs(otherCrews.before.value - otherCrews.after.value)).toBeLessThan(0.04);
    expect(crewItself.after.den).toBeGreaterThan(50);
  });

  it('the win rate is low in the first month of a quarter, and steady by quarter', () => {
    const [first, second, third] = stories.lateLosses.byMonthOfQuarter as [Share, Share, Share];
    expect(first.value).toBeLessThan(0.4);
    expect(Math.min(second.value, third.value)).toBeGreaterThan(0.6);
    const quarters = stories.lateLosses.quarterly.map((each) => each.value);
    expect(Math.max(...quarters) - Math.min(...quarters)).toBeLessThan(0.12);
  });

  it('every segment converts better than the quarter before, and the total worse', () => {
    const { before, after } = stories.mixShift;
    expect(after.total.value).toBeLessThan(before.total.value - 0.02);
    for (const [segment, share] of Object.entries(after.bySegment)) {
      expect(share.value, segment).toBeGreaterThan((before.bySegment[segment] as Share).value);
    }
  });

  it('one region falls below the target of 97 % after the firmware, less so once excuses are heard', () => {
    const { regionItself, otherRegions } = stories.firmware;
    expect(regionItself.before.net).toBeGreaterThan(0.97);
    expect(regionItself.after.net).toBeLessThan(0.97);
    expect(regionItself.after.net - regionItself.after.gross).toBeGreaterThan(0.01);
    expect(otherRegions.after.net).toBeGreaterThan(0.97);
  });

  it('the collector is silent for 36 hours exactly', () => {
    const { minutes, unobservedPortMinutes, portsInService } = stories.collectorSilence;
    expect(minutes).toBe(36 * 60);
    expect(unobservedPortMinutes).toBe(portsInService * 36 * 60);
    expect(portsInService).toBeGreaterThan(250);
  });

  it('the youngest cohorts are not ripe, fleets answer too seldom to be rated, some work has no contract', () => {
    expect(stories.youngCohorts.filter((each) => each.period === '2026-10').length).toBeGreaterThanOrEqual(6);
    expect(stories.smallSegment.lastTwelveMonths.den).toBeLessThan(20);
    expect(stories.workWithoutContract.count).toBe(stories.workWithoutContract.workOrders.length);
    expect(stories.workWithoutContract.count).toBeGreaterThan(20);
    for (const [defect, count] of Object.entries(stories.plantedDefects)) expect(count, defect).toBeGreaterThan(0);
  });

  it('all 31 metrics have an answer for every one of the 24 months', () => {
    const whole = metrics.rows.filter((row) => row.segment === null);
    expect(new Set(whole.map((row) => row.metric)).size).toBe(31);
    expect(whole).toHaveLength(31 * 24);
  });
});
