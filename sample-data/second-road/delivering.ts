import { DAY, dayOf, HOUR, LAST_DAY, MINUTE } from '../generator/clock.ts';
import type { Visit, WorkOrder } from '../generator/records.ts';
import { type Books, type Counted, groupBy, on, sum } from './observation.ts';

export function installs(books: Books, stream: string): WorkOrder[] {
  return books.ofStream(books.world.workOrders, stream).filter((order) => order.kind === 'install');
}

function visitsByOrder(books: Books): Map<string, Visit[]> {
  return groupBy(books.world.visits, (visit) => visit.workOrder);
}

export function schedulingEfficiency(books: Books): Counted[] {
  const visits = visitsByOrder(books);
  const found: Counted[] = [];
  for (const order of installs(books, 'NCV-01')) {
    const first = (visits.get(order.id) ?? []).find((visit) => visit.number === 1);
    if (!first || dayOf(first.firstStart) > LAST_DAY) continue;
    const { actualStart, firstStart, windowStart, windowEnd } = first;
    const kept =
      actualStart !== null && dayOf(actualStart) === dayOf(firstStart) && actualStart >= windowStart && actualStart <= windowEnd;
    found.push(on(firstStart, books.segmentOf(order), { num: kept ? 1 : 0 }));
  }
  return found;
}

export function utilization({ world }: Books): Counted[] {
  const days = world.technicianDays.filter((row) => row.stream === 'NCV-01');
  return days.map((row) => ({ day: row.day, segment: 'unknown', num: row.work, den: row.available, maturesOn: null }));
}

export function hoursOnSite(books: Books): Counted[] {
  const visits = visitsByOrder(books);
  const found: Counted[] = [];
  for (const order of installs(books, 'NCV-01')) {
    if (order.completedAt === null) continue;
    const minutes: number[] = [];
    let forgotten = false;
    for (const visit of visits.get(order.id) ?? []) {
      if (visit.actualStart === null || visit.actualEnd === null) continue;
      const elapsed = (visit.actualEnd - visit.actualStart) / MINUTE;
      if (elapsed > 900) forgotten = true;
      minutes.push(elapsed - (visit.pauseMinutes ?? 0));
    }
    const hours = sum(minutes) / 60;
    if (forgotten || minutes.length === 0 || hours < 0) continue;
    found.push(on(order.completedAt, books.segmentOf(order), { num: hours }));
  }
  return found;
}

export function firstTimeFix(books: Books): Counted[] {
  const orders = new Map(books.world.workOrders.map((order) => [order.id, order]));
  const visits = visitsByOrder(books);
  const atSite = groupBy(books.world.visits, (visit) => {
    const order = orders.get(visit.workOrder) as WorkOrder;
    return order.kind === 'maintenance' ? null : order.site;
  });
  const found: Counted[] = [];
  for (const order of books.ofStream(books.world.workOrders, 'NCV-01')) {
    if (order.kind !== 'install' && order.kind !== 'repair') continue;
    const mine = visits.get(order.id) ?? [];
    const first = mine.find((visit) => visit.number === 1);
    if (!first || first.actualStart === null || first.outcome === 'no_access' || first.outcome === 'cancelled') continue;
    if (order.plannedVisits > 1 || mine.some((visit) => visit.plannedMulti)) continue;
    const start = first.actualStart;
    const repeated = (atSite.get(order.site) ?? []).some((other) => {
      if (other.id === first.id || other.actualStart === null) return false;
      const related =
        other.workOrder === first.workOrder || other.cause === null || first.cause === null || other.cause === first.cause;
      return related && other.actualStart > start && other.actualStart <= start + 30 * DAY;
    });
    const fixed = first.outcome === 'completed' && !repeated;
    found.push({ ...on(start, books.segmentOf(order), { num: fixed ? 1 : 0, within: 30 }), crew: first.crew });
  }
  return found;
}

/** Injuries that count, over the hours worked by all staff. */
export function recordables({ world }: Books): Counted[] {
  const hours = world.technicianDays
    .filter((row) => row.stream === 'NCV-01')
    .map(
      (row): Counted => ({
        day: row.day,
        segment: 'unknown',
        num: 0,
        den: row.worked ?? row.available + row.overtime,
        maturesOn: null,
      }),
    );
  const injuries = world.incidents.filter(
    (row) => row.stream === 'NCV-01' && row.severity !== 'near_miss' && row.severity !== 'first_aid',
  );
  return [...hours, ...injuries.map((row) => on(row.at, 'unknown', { num: 1, den: 0 }))];
}

export function platformActivation(books: Books): Counted[] {
  const steps = groupBy(books.world.steps, (step) =>
    step.step === 'platform_active' && step.result === 'pass' ? step.caseId : null,
  );
  const devices = groupBy(books.world.assets, (asset) => (asset.kind === 'hub' || asset.kind === 'device' ? asset.caseId : null));
  const found: Counted[] = [];
  for (const order of installs(books, 'NCV-01')) {
    if (order.completedAt === null) continue;
    const limit = order.completedAt + 14 * DAY;
    const active = (steps.get(order.caseId) ?? []).some((step) => step.doneAt !== null && step.doneAt <= limit);
    const mine = devices.get(order.caseId) ?? [];
    const online = mine.filter((asset) => asset.firstOnlineAt !== null && asset.firstOnlineAt + DAY <= limit).length;
    const good = active && online >= (order.deviceCount ?? mine.length);
    found.push(on(order.completedAt, books.segmentOf(order), { num: good ? 1 : 0, within: 14 }));
  }
  return found;
}

export function daysToInstall(books: Books): Counted[] {
  const found: Counted[] = [];
  for (const order of installs(books, 'NCV-02')) {
    if (order.completedAt === null || order.inspectedAt === null) continue;
    const at = Math.max(order.completedAt, order.inspectedAt);
    if (at >= order.createdAt) found.push(on(at, books.segmentOf(order), { num: (at - order.createdAt) / DAY }));
  }
  return found;
}

export function firstTimeRight(books: Books): Counted[] {
  const others = groupBy(books.world.workOrders, (order) => {
    const counts = order.kind === 'rework' || (order.kind === 'repair' && (order.defectCause ?? '').startsWith('install'));
    return counts ? order.asset : null;
  });
  const found: Counted[] = [];
  for (const order of installs(books, 'NCV-02')) {
    if (order.completedAt === null || order.firstInspection === 'no_show') continue;
    const done = order.completedAt;
    const again = (others.get(order.asset ?? '') ?? []).some(
      (other) => other.createdAt >= order.createdAt && other.createdAt <= done + 30 * DAY,
    );
    const right = order.firstInspection === 'pass' && !again;
    found.push({ ...on(done, books.segmentOf(order), { num: right ? 1 : 0, within: 30 }), region: order.region });
  }
  return found;
}

export function commissioning(books: Books): Counted[] {
  const attempts = books.ofStream(books.world.steps, 'NCV-02').filter((step) => step.step === 'commission');
  const found: Counted[] = [];
  for (const group of groupBy(attempts, (step) => step.asset).values()) {
    const first = group.reduce((least, step) => (step.attempt < least.attempt ? step : least));
    if (first.doneAt !== null) found.push(on(first.doneAt, books.segmentOf(first), { num: first.result === 'pass' ? 1 : 0 }));
  }
  return found;
}

export function hoursToActivate(books: Books): Counted[] {
  const completed = new Map(installs(books, 'NCV-02').map((order) => [order.asset, order.completedAt]));
  const found: Counted[] = [];
  for (const asset of books.ofStream(books.world.assets, 'NCV-02')) {
    const done = completed.get(asset.id) ?? null;
    if (asset.kind !== 'charger' || done === null || asset.firstOnlineAt === null || asset.firstSessionAt === null) continue;
    const at = Math.max(asset.firstOnlineAt, asset.firstSessionAt);
    if (at >= done) found.push(on(at, books.segmentOf(asset), { num: (at - done) / HOUR }));
  }
  return found;
}

export function onboardingCompletion(books: Books): Counted[] {
  const set = new Set(['account', 'app', 'payment', 'training', 'docs']);
  const steps = groupBy(
    books.world.steps.filter((step) => step.required && set.has(step.step)),
    (step) => step.caseId,
  );
  const chargers = books.ofStream(books.world.assets, 'NCV-02').filter((asset) => asset.kind === 'charger');
  const found: Counted[] = [];
  for (const [caseId, group] of groupBy(chargers, (asset) => asset.caseId)) {
    const activated = group.map((asset) => asset.activatedAt).filter((at) => at !== null);
    const required = steps.get(caseId) ?? [];
    if (activated.length === 0 || required.length === 0) continue;
    const from = Math.min(...activated);
    const all = [...groupBy(required, (step) => step.step).values()].every((attempts) => {
      return attempts.some((step) => step.result === 'pass' && step.doneAt !== null && step.doneAt <= from + 30 * DAY);
    });
    found.push(on(from, books.segmentOf({ caseId }), { num: all ? 1 : 0, within: 30 }));
  }
  return found;
}
