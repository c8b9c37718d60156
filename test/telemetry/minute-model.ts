/** Charger uptime by the plainest road: every rule asked again for every port in every minute. Times are minutes of a horizon. */

export interface Message {
  readonly charger: number;
  /** 1 or 2 where the port itself is the sender. */
  readonly asPort: number | null;
  readonly connector: number;
  readonly minute: number;
  readonly received: number;
  readonly event: 'status' | 'heartbeat' | 'session' | 'offline';
  readonly status: string;
}

export interface Stretch {
  readonly charger: number;
  /** 1 or 2 for one port, 0 for the charger. */
  readonly connector: number;
  readonly from: number;
  readonly to: number;
  readonly state: 'up' | 'down' | 'offline' | 'unobserved';
  readonly excused: boolean;
}

export interface Exclusion {
  readonly charger: number;
  /** 1 or 2 for one port, 0 for the charger, -1 for the site of all chargers. */
  readonly connector: number;
  readonly from: number;
  readonly to: number;
  readonly approved: boolean | null;
}

export interface Port {
  readonly charger: number;
  readonly connector: number;
  readonly stated: number | null;
  readonly retired: number | null;
  readonly hours: readonly [opens: number, closes: number] | null;
}

export interface World {
  readonly length: number;
  readonly ports: readonly Port[];
  readonly messages: readonly Message[];
  readonly stretches: readonly Stretch[];
  readonly exclusions: readonly Exclusion[];
  readonly heartbeat: number;
  readonly longestGap: number;
  readonly silence: number;
}

/** The local day and the local minute of the day of every minute of the horizon. */
export interface LocalClock {
  readonly day: readonly string[];
  readonly minuteOfDay: readonly number[];
}

export type DayMinutes = [
  inService: number,
  unobserved: number,
  fault: number,
  offline: number,
  faultExcused: number,
  offlineExcused: number,
];

const SAYS: Record<string, string> = {
  Available: 'up',
  SuspendedEV: 'up',
  BLOCKED: 'up',
  Unavailable: 'down',
  Faulted: 'down',
  'Out of order': 'down',
  Offline: 'offline',
  UNKNOWN: 'offline',
  REMOVED: 'absent',
};
export const WORDS = [...Object.keys(SAYS), 'Rebooting'];

/** The minutes of every port by local day, keyed `charger-connector day`. */
export function countedMinutes(world: World, clock: LocalClock): Map<string, DayMinutes> {
  const counted = new Map<string, DayMinutes>();
  const heard = world.messages
    .map((message, line) => ({ ...message, line }))
    .filter((message) => message.minute <= message.received + 5 && message.minute < world.length)
    .sort((a, b) => a.minute - b.minute || a.received - b.received || a.line - b.line);
  const talkers = new Set(heard.filter((message) => message.event === 'heartbeat').map((message) => message.charger));
  const silences: [number, number][] = [];
  if (talkers.size >= 10) {
    const times = [...new Set(heard.map((message) => message.minute)), world.length];
    for (let index = 1; index < times.length; index++) {
      const [from, to] = [times[index - 1] as number, times[index] as number];
      if (to - from >= world.silence) silences.push([from, to]);
    }
  }
  const covers = (item: { charger: number; connector: number }, port: Port) =>
    item.connector === -1 || (item.charger === port.charger && (item.connector === 0 || item.connector === port.connector));
  const startOf = (port: Port): number | null => {
    if (port.stated !== null) return port.stated;
    const first = [
      ...heard.filter(
        (message) =>
          message.charger === port.charger && (message.asPort ?? (message.connector || port.connector)) === port.connector,
      ),
    ].map((message) => message.minute);
    first.push(
      ...world.stretches.filter((stretch) => stretch.from < world.length && covers(stretch, port)).map((stretch) => stretch.from),
    );
    return first.length === 0 ? null : Math.min(...first);
  };

  for (const port of world.ports) {
    const start = startOf(port);
    if (start === null) continue;
    const end = Math.min(port.retired ?? world.length, world.length);
    const chargerStart = Math.min(
      ...world.ports.filter((each) => each.charger === port.charger).flatMap((each) => startOf(each) ?? []),
    );
    const anyMessage = heard.some((message) => message.charger === port.charger);
    const contact = heard.filter((message) => message.charger === port.charger && message.minute >= chargerStart);
    const beats = talkers.has(port.charger);
    const states = world.stretches.filter((stretch) => covers(stretch, port));
    const stated = states.some((stretch) => stretch.from < world.length);
    const causes = [
      ...states.filter((stretch) => stretch.excused),
      ...world.exclusions.filter((exclusion) => exclusion.approved !== false && covers(exclusion, port)),
    ];
    const said = heard.filter((m) => m.charger === port.charger && m.event === 'status' && m.minute >= start && m.status in SAYS);
    const own = said.filter((m) => (m.asPort === null ? m.connector === port.connector : m.asPort === port.connector));
    const whole = said.filter((m) => m.asPort === null && m.connector === 0);
    const firstContact = contact[0]?.minute ?? end;

    for (let minute = Math.max(start, 0); minute < end; minute++) {
      const within = (span: { from: number; to: number }) => span.from <= minute && minute < span.to;
      const saying = [own, whole].map((list) => SAYS[list.findLast((message) => message.minute <= minute)?.status ?? ''] ?? 'up');
      if (saying.includes('absent') || closed(port, clock.minuteOfDay[minute] as number)) continue;
      const last = contact.findLast((message) => message.minute <= minute);
      const next = contact.find((message) => message.minute > minute)?.minute ?? world.length;
      const lost =
        last &&
        (last.event === 'offline' || (beats && next - last.minute > world.longestGap && minute >= last.minute + world.heartbeat));
      const held = (state: string) => states.some((stretch) => stretch.state === state && within(stretch));
      const unobserved =
        (!anyMessage && !stated) ||
        (beats && firstContact - start > world.longestGap && minute < firstContact) ||
        (anyMessage && silences.some(([from, to]) => from <= minute && minute < to)) ||
        held('unobserved');
      const fault = saying.includes('down') || held('down');
      const offline = saying.includes('offline') || lost === true || held('offline');
      const key = `${port.charger}-${port.connector} ${clock.day[minute]}`;
      const total: DayMinutes = counted.get(key) ?? [0, 0, 0, 0, 0, 0];
      counted.set(key, total);
      total[0] += 1;
      if (unobserved) total[1] += 1;
      else if (fault || offline) {
        total[fault ? 2 : 3] += 1;
        if (causes.some(within)) total[fault ? 4 : 5] += 1;
      }
    }
  }
  return counted;
}

function closed(port: Port, minuteOfDay: number): boolean {
  if (!port.hours) return false;
  const [opens, closes] = port.hours;
  return opens < closes
    ? minuteOfDay < opens || minuteOfDay >= closes
    : opens > closes && minuteOfDay >= closes && minuteOfDay < opens;
}
