import { DAY, END, HOUR, MINUTE, SECOND } from '../clock.ts';
import type { Setting } from '../journey.ts';
import { LOG_START, PLOT } from '../plot.ts';
import type { Asset, ChargerMessage } from '../records.ts';
import { type Charger, type Outage, outagesOf } from './outage.ts';

/** How often a charger sends a heartbeat that the export keeps; `uptime.heartbeatMinutes` in weir.json says the same. */
export const HEARTBEAT = 12 * HOUR;

/** Which charger falls silent three days before the end and has not been heard of since. */
const LOST = 4;

/** What every networked charger told the central system: boots, heartbeats, states. Appends to `world.chargerLog`, by time. */
export function logChargers(setting: Setting): void {
  const { world, random } = setting;
  const chargers = networked(setting);
  chargers.forEach((charger, index) => {
    logOne({ ...setting, random: random.fork(charger.asset.id) }, { ...charger, lost: index === LOST });
  });
  const first = chargers.find((charger) => charger.from < PLOT.silence.from - DAY && charger.to > PLOT.silence.to + DAY);
  if (first) world.chargerLog.push(message(first, PLOT.silence.from, { message: 'Heartbeat' }));
  const again = world.chargerLog.filter((_, index) => index % 1500 === 700);
  world.chargerLog.push(...again.map((each) => ({ ...each })));
  world.chargerLog.sort(
    (a, b) => a.at - b.at || (a.charger < b.charger ? -1 : a.charger > b.charger ? 1 : 0) || a.connector - b.connector,
  );
}

function networked({ world, random }: Setting): Charger[] {
  const regions = new Map(world.cases.map((each) => [each.id, each.region]));
  const ports = new Map<string, Asset[]>();
  for (const asset of world.assets) {
    if (asset.kind === 'port' && asset.parent !== null) ports.set(asset.parent, [...(ports.get(asset.parent) ?? []), asset]);
  }
  const chargers: Charger[] = [];
  for (const asset of world.assets) {
    const own = ports.get(asset.id);
    if (asset.kind !== 'charger' || own === undefined || asset.inServiceAt === null) continue;
    const phase = Math.floor(random.between(0, 11.5 * HOUR) / SECOND) * SECOND;
    const from = asset.inServiceAt >= LOG_START ? asset.inServiceAt : LOG_START + phase;
    chargers.push({ asset, ports: own, region: regions.get(asset.caseId) ?? '', from, to: asset.retiredAt ?? END, lost: false });
  }
  return chargers;
}

function message(charger: Charger, at: number, given: Partial<ChargerMessage> & Pick<ChargerMessage, 'message'>): ChargerMessage {
  return {
    charger: charger.asset.id,
    connector: 0,
    status: null,
    error: null,
    firmware: null,
    at,
    receivedAt: Math.min(at + SECOND, END - SECOND),
    ...given,
  };
}

function logOne(setting: Setting, charger: Charger): void {
  const { world, random } = setting;
  const outages = outagesOf(setting, charger);
  const silent = outages.filter((outage) => outage.kind === 'offline');
  const say = (at: number, given: Parameters<typeof message>[2]) => {
    if (at < charger.from || at >= charger.to || silent.some((gap) => at > gap.from && at < gap.to)) return;
    if (at > PLOT.silence.from && at < PLOT.silence.to) return;
    world.chargerLog.push(message(charger, at, given));
  };
  const status = (at: number, connector: number, state: string, error = 'NoError') => {
    const late = random.chance(0.004) && at < END - 3 * DAY ? random.whole(1, 60) * HOUR : 0;
    say(at, { message: 'StatusNotification', connector, status: state, error, receivedAt: at + SECOND + late });
  };
  const firmwareAt = (at: number) =>
    charger.region === PLOT.firmware.region && at >= PLOT.firmware.at ? PLOT.firmware.to : PLOT.firmware.from;
  const greet = (at: number) => {
    say(at, { message: 'BootNotification', firmware: firmwareAt(at) });
    for (const connector of [0, ...charger.ports.map((port) => port.connector as number)]) status(at, connector, 'Available');
  };

  greet(charger.from);
  if (charger.region === PLOT.firmware.region && charger.from < PLOT.firmware.at && clear(outages, PLOT.firmware.at))
    greet(PLOT.firmware.at);
  if (charger.from < PLOT.silence.from) greet(PLOT.silence.to);
  for (let at = charger.from + HEARTBEAT; at < charger.to; at += HEARTBEAT) say(at, { message: 'Heartbeat' });
  for (const outage of outages) {
    if (outage.kind === 'offline') {
      greet(outage.to);
      continue;
    }
    status(outage.from, outage.connector, outage.kind, outage.error);
    status(outage.to, outage.connector, 'Available');
  }
  for (const port of charger.ports) sessions(setting, { charger, port, outages, status });
}

function clear(outages: readonly Outage[], at: number): boolean {
  return outages.every((outage) => at < outage.from - HOUR || at > outage.to + HOUR);
}

interface Sessions {
  readonly charger: Charger;
  readonly port: Asset;
  readonly outages: readonly Outage[];
  readonly status: (at: number, connector: number, state: string) => void;
}

/** A few of the port's charging sessions: the export keeps only a sample of ordinary traffic. */
function sessions({ random }: Setting, { charger, port, outages, status }: Sessions): void {
  const connector = port.connector as number;
  for (let at = charger.from + random.waiting(15) * DAY; at < charger.to - DAY; at += (1 + random.waiting(14)) * DAY) {
    const from = Math.floor(at / SECOND) * SECOND;
    const to = from + random.whole(15, 300) * MINUTE;
    if (!clear(outages, from) || !clear(outages, to) || outages.some((outage) => outage.from > from && outage.from < to))
      continue;
    if (from < PLOT.silence.to + HOUR && to > PLOT.silence.from - HOUR) continue;
    if (from < PLOT.firmware.at + HOUR && to > PLOT.firmware.at - HOUR) continue;
    status(from, connector, 'Preparing');
    status(from + 40 * SECOND, connector, 'Charging');
    if (random.chance(0.3)) status(to - 5 * MINUTE, connector, 'SuspendedEV');
    status(to, connector, 'Available');
  }
}
