import type { Metric, Target } from '../contract/metric-definition.ts';
import type { Settings } from '../contract/settings.ts';
import type { TargetValue } from '../signals/index.ts';

/** The target in force for one value, or why there is none. */
export interface TargetInForce {
  readonly target: TargetValue | null;
  readonly note: string | null;
}

/** Of which value the target is asked: the segment it is pinned to (null: all segments), and the day it is judged on. */
export interface TargetQuestion {
  readonly segment: string | null;
  readonly day: string;
}

/**
 * Gives the target of a metric: from the settings where they name one that fits, else from the metric's file. A value of one
 * segment takes that segment's target before the one for all; a value of all segments takes only the latter. Of several
 * in force on the day the one that began last counts, and of those the last listed. Null where the metric has none at all.
 */
export function targetsOf(metric: Metric, settings: Settings): ((question: TargetQuestion) => TargetInForce) | null {
  const own = settings.targets.filter((target) => target.metric === metric.id);
  if (own.length === 0 && metric.targets.length === 0) return null;
  const all = [...own, ...metric.targets];
  const differs = all.some((target) => target.segment !== undefined);
  const isDated = all.some((target) => target.from !== undefined || target.to !== undefined);
  const known = new Map<string | null, TargetInForce>();
  const find = (question: TargetQuestion): TargetInForce => {
    for (const candidates of [own, metric.targets]) {
      const inForce = candidates.filter((target) => isInForce(target, question.day));
      const found = latest(inForce.filter((target) => target.segment !== undefined && target.segment === question.segment));
      const target = found ?? latest(inForce.filter((each) => each.segment === undefined));
      if (target) return { target: boundsOf(target), note: null };
    }
    return { target: null, note: differs && question.segment === null ? 'target differs by segment' : null };
  };
  if (isDated) return find;
  return (question) => {
    const found = known.get(question.segment) ?? find(question);
    known.set(question.segment, found);
    return found;
  };
}

function isInForce(target: Target, day: string): boolean {
  return (target.from ?? '') <= day && day <= (target.to ?? '9999-12-31');
}

function latest(targets: readonly Target[]): Target | null {
  return targets.reduce<Target | null>((best, target) => (best && (best.from ?? '') > (target.from ?? '') ? best : target), null);
}

function boundsOf({ value, low, high }: Target): TargetValue | null {
  if (value !== undefined) return value;
  if (low !== undefined && high !== undefined) return { low, high };
  return low ?? high ?? null;
}
