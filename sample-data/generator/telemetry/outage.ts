import { DAY, dayOf, END, HOUR, instantAt, SECOND } from '../clock.ts';
import type { Setting } from '../journey.ts';
import { PLOT } from '../plot.ts';
import type { Asset, Exclusion } from '../records.ts';

/** A charger with its ports, as far as the network knows it: heard from `from` until `to`. */
export interface Charger {
  readonly asset: Asset;
  readonly ports: readonly Asset[];
  readonly region: string;
  readonly from: number;
  readonly to: number;
  /** Silent from three days before the last day on. */
  readonly lost: boolean;
}

/** A stretch in which a connector (0: all of them) cannot charge, or the charger is out of contact. */
export interface Outage {
  readonly kind: 'Faulted' | 'Unavailable' | 'offline';
  readonly connector: number;
  readonly from: number;
  readonly to: number;
  readonly error: string;
}

const ERRORS = [
  'GroundFailure',
  'ConnectorLockFailure',
  'InternalError',
  'PowerSwitchFailure',
  'HighTemperature',
  'NoError',
  'OtherError',
] as const;

/** Draws a charger's outages, and enters what excuses some of them into `world.exclusions`. */
export function outagesOf(setting: Setting, charger: Charger): Outage[] {
  const { random } = setting;
  const found: Outage[] = [];
  const years = (charger.to - charger.from) / (365 * DAY);
  const times = (perYear: number) =>
    Array.from({ length: random.count(perYear * years) }, () => random.between(charger.from + 2 * HOUR, charger.to));
  const connectors = charger.ports.map((port) => port.connector as number);

  for (const at of times(2.4 * connectors.length)) fault(setting, charger, { at, found, after: false });
  const changed = charger.region === PLOT.firmware.region ? Math.max(PLOT.firmware.at, charger.from) : charger.to;
  const extra = ((charger.to - changed) / (365 * DAY)) * PLOT.firmware.faults * connectors.length;
  for (let left = random.count(Math.max(0, extra)); left > 0; left--)
    fault(setting, charger, { at: random.between(changed, charger.to), found, after: true });

  for (const at of times(0.9)) {
    const from = instantAt(dayOf(at), 9 * 60);
    const to = from + random.whole(3, 9) * HOUR;
    found.push({ kind: 'Unavailable', connector: 0, from, to, error: 'NoError' });
    excuse(setting, { asset: charger.asset.id, from: from - HOUR, to: from + 6 * HOUR, reason: 'maintenance', approved: true });
  }
  for (const at of times(0.45)) {
    const to = at + random.skewed(4, 0.6) * HOUR;
    found.push({ kind: 'Faulted', connector: 0, from: at, to, error: 'UnderVoltage' });
    excuse(setting, {
      asset: charger.asset.site,
      from: at - random.between(0, 0.4) * HOUR,
      to: to - random.between(0, 0.3) * HOUR,
      reason: 'grid',
      approved: true,
    });
  }
  for (const at of times(0.12)) {
    const to = at + random.between(1.5, 7) * DAY;
    const connector = random.pick(connectors);
    found.push({ kind: 'Faulted', connector, from: at, to, error: 'OtherError' });
    const port = charger.ports.find((each) => each.connector === connector) as Asset;
    excuse(setting, { asset: port.id, from: at, to: at + 4 * DAY, reason: 'vandalism', approved: true });
  }
  for (const at of times(0.55)) {
    const to = at + random.between(27, 110) * HOUR;
    found.push({ kind: 'offline', connector: 0, from: at, to, error: '' });
    if (random.chance(0.25))
      excuse(setting, { asset: charger.asset.id, from: at + 10 * HOUR, to: at + 40 * HOUR, reason: 'grid', approved: true });
  }
  if (charger.lost) found.unshift({ kind: 'offline', connector: 0, from: END - 3 * DAY, to: END + DAY, error: '' });
  return settle(found, charger);
}

function fault(setting: Setting, charger: Charger, given: { at: number; found: Outage[]; after: boolean }): void {
  const { random } = setting;
  const port = random.pick(charger.ports);
  const to = given.at + random.skewed(given.after ? 20 : 8, 0.9) * HOUR;
  given.found.push({
    kind: 'Faulted',
    connector: port.connector as number,
    from: given.at,
    to,
    error: given.after ? 'InternalError' : random.pick(ERRORS),
  });
  if (given.after && random.chance(PLOT.firmware.excused)) {
    excuse(setting, {
      asset: port.id,
      from: given.at + (to - given.at) * random.between(0, 0.4),
      to: to + HOUR,
      reason: 'maintenance',
      approved: random.chance(0.9),
    });
  }
  if (!given.after && random.chance(0.06))
    excuse(setting, { asset: port.id, from: given.at, to: given.at + 3 * HOUR, reason: 'vehicle', approved: true });
}

function excuse({ ids, world }: Setting, given: Omit<Exclusion, 'id' | 'evidence'>): void {
  const id = ids.next('EX-', 5);
  const whole = (at: number) => Math.floor(at / SECOND) * SECOND;
  if (given.from >= END) return;
  world.exclusions.push({
    ...given,
    from: whole(given.from),
    to: whole(given.to),
    id,
    evidence: `${given.reason}/${id.slice(3)}.pdf`,
  });
}

/** Keeps outages that do not touch another one of the same connector, an offline stretch or the collector's silence. */
function settle(found: readonly Outage[], charger: Charger): Outage[] {
  const kept: Outage[] = [];
  const quietFrom = PLOT.silence.from - 40 * HOUR;
  const quietTo = PLOT.silence.to + 40 * HOUR;
  const stays = (outage: Outage) => (outage.to > END ? 0 : 1);
  const ordered = [...found].sort(
    (a, b) => (charger.lost ? stays(a) - stays(b) : 0) || a.from - b.from || a.connector - b.connector,
  );
  for (const raw of ordered) {
    const outage = { ...raw, from: Math.floor(raw.from / SECOND) * SECOND, to: Math.floor(raw.to / SECOND) * SECOND };
    if (outage.to - outage.from < 60 * SECOND || outage.from <= charger.from + HOUR || outage.from >= charger.to) continue;
    if (outage.from < quietTo && outage.to > quietFrom) continue;
    const clashes = kept.some((other) => {
      const apart = outage.from >= other.to + HOUR || other.from >= outage.to + HOUR;
      return !apart && (other.connector === outage.connector || other.kind === 'offline' || outage.kind === 'offline');
    });
    if (!clashes) kept.push(outage);
  }
  return kept;
}
