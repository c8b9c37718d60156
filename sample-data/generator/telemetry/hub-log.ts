import { DAY, END, HOUR, SECOND, START } from '../clock.ts';
import type { Setting } from '../journey.ts';

/** Share of the hubs whose messages the export keeps, and how far apart the kept heartbeats are. */
const KEPT = 0.16;
const EVERY = 5 * DAY;

/** What the hubs of fitted homes sent: online, a thin row of heartbeats, and now and then an offline stretch. */
export function logHubs({ world, random }: Setting): void {
  for (const asset of world.assets) {
    if (asset.kind !== 'hub' || asset.firstOnlineAt === null || !random.chance(KEPT)) continue;
    const from = Math.max(asset.firstOnlineAt, START + Math.floor(random.between(0, 86400)) * SECOND);
    world.hubLog.push({ device: asset.id, at: from, type: 'online', firmware: '5.1.2' });
    for (let at = from + EVERY; at < END; at += EVERY) {
      const firmware = at < START + 240 * DAY ? '5.1.2' : '5.2.0';
      world.hubLog.push({ device: asset.id, at, type: 'heartbeat', firmware });
      if (!random.chance(0.02)) continue;
      const lostAt = at + random.whole(1, 20) * HOUR;
      const backAt = lostAt + random.whole(1, 70) * HOUR;
      if (lostAt < END) world.hubLog.push({ device: asset.id, at: lostAt, type: 'offline', firmware });
      if (backAt < END) world.hubLog.push({ device: asset.id, at: backAt, type: 'online', firmware });
    }
  }
  world.hubLog.sort((a, b) => a.at - b.at || (a.device < b.device ? -1 : 1));
}
