import { DAY, END, seen } from '../clock.ts';
import type { Journey, Setting } from '../journey.ts';
import type { Step } from '../records.ts';
import type { BuiltCharger } from './charging-installation.ts';

const STEPS: readonly (readonly [Step['step'], number])[] = [
  ['account', 3],
  ['app', 5],
  ['payment', 8],
  ['training', 11],
  ['docs', 4],
];

/** Onboards the customer of a charging site after the first charger works; which steps are required depends on the segment. */
export function onboard({ random, world }: Setting, journey: Journey, chargers: readonly BuiltCharger[]): void {
  const activations = chargers.map((each) => each.asset.activatedAt).filter((at) => at !== null);
  if (activations.length === 0) return;
  const from = Math.min(...activations);
  const caseId = journey.record.id;
  const segment = journey.record.segment;
  const sluggish = random.chance({ residential: 0.1, commercial: 0.2, fleet: 0.3 }[segment]);
  let doneAll = Math.max(...activations);
  for (const [step, mean] of STEPS) {
    const required = step === 'training' ? segment !== 'residential' : step === 'payment' ? segment !== 'commercial' : true;
    const at =
      from + Math.min(random.waiting(mean), 26) * DAY + (sluggish && random.chance(0.5) ? random.between(8, 40) * DAY : 0);
    const invitedAt = from + random.between(0.01, 0.5) * DAY;
    const never = random.chance(0.012);
    if (step === 'app' && invitedAt < END) {
      world.steps.push({
        caseId,
        asset: null,
        step,
        attempt: 1,
        required,
        result: 'invited',
        failCode: null,
        doneAt: seen(invitedAt),
      });
    }
    const doneAt = seen(Math.max(at, invitedAt + 60_000));
    if (required) doneAll = Math.max(doneAll, never ? Number.POSITIVE_INFINITY : Math.max(at, invitedAt + 60_000));
    if (never || doneAt === null) continue;
    if (!required && random.chance(0.6)) continue;
    world.steps.push({
      caseId,
      asset: null,
      step,
      attempt: step === 'app' ? 2 : 1,
      required,
      result: 'pass',
      failCode: null,
      doneAt,
    });
  }
  const reached = journey.events.some((event) => event.stage.endsWith('.6'));
  if (!reached || doneAll >= END) return;
  journey.enter(7, doneAll, 'customer portal');
  journey.complete(doneAll + 90 * DAY);
}
