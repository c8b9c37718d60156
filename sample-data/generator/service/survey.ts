import { DAY, END, HOUR, START, seen, wholeSecond } from '../clock.ts';
import type { Journey, Setting } from '../journey.ts';
import type { Survey } from '../records.ts';

/** When the survey tool was changed from five points to ten. */
const TEN_POINTS_FROM = START + 270 * DAY;

/** Asks a customer how it went. Most do not answer; a few answer twice, a few too late. */
export function survey(
  setting: Setting,
  journey: Journey,
  asked: { touchpoint: Survey['touchpoint']; at: number; happy: number },
): void {
  const { random, ids, world } = setting;
  const sentAt = wholeSecond(asked.at);
  if (sentAt >= END || sentAt < START - 60 * DAY) return;
  const times = random.chance(0.03) ? 2 : 1;
  for (let i = 0; i < times; i++) {
    const at = sentAt + i * 9 * DAY;
    if (at >= END) return;
    const answers = random.chance(0.52);
    const days = random.chance(0.05) ? random.between(31, 45) : random.waiting(4) + 0.02;
    const respondedAt = answers ? seen(at + days * DAY) : null;
    const good = random.chance(asked.happy);
    const ten = at >= TEN_POINTS_FROM;
    const score = ten ? (good ? random.whole(8, 10) : random.whole(2, 7)) : good ? random.whole(4, 5) : random.whole(1, 3);
    const base = {
      caseId: journey.record.id,
      customer: journey.record.customer,
      touchpoint: asked.touchpoint,
      sentAt: at,
      respondedAt,
    };
    world.surveys.push({
      ...base,
      id: ids.next('SV-', 6),
      score: respondedAt === null ? null : score,
      scaleMin: 1,
      scaleMax: ten ? 10 : 5,
      instrument: 'csat',
    });
    if (!random.chance(0.5)) continue;
    const recommends = respondedAt === null ? null : good ? random.whole(8, 10) : random.whole(1, 8);
    const answeredAt = respondedAt === null ? null : seen(respondedAt + HOUR / 60);
    world.surveys.push({
      ...base,
      id: ids.next('SV-', 6),
      respondedAt: answeredAt,
      score: answeredAt === null ? null : recommends,
      scaleMin: 0,
      scaleMax: 10,
      instrument: 'nps',
    });
  }
}
