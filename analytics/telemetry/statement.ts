import type { Settings } from '../contract/settings.ts';
import { type SqlStatement, type SqlValue, usedParams } from '../contract/sql.ts';

/** Messages whose device clock runs further ahead of their receipt than this cannot be true. */
const FUTURE_GRACE_MINUTES = 5;
/** Fewer chargers than this can fall silent together by chance. */
const COLLECTOR_MINIMUM_CHARGERS = 10;

/** Gives the statements of one rebuild the parameters they name. */
export type StatementMaker = (text: string) => SqlStatement;

/**
 * Where a window begins: the one made anew (`$window_from`, null: everything is) and the next import's (`$next_from`); and the as-of
 * instant of what there was before (`$known_until`). ISO 8601 UTC.
 */
export interface WindowStarts {
  readonly from: string | null;
  readonly nextFrom: string | null;
  readonly knownUntil?: string | null;
}

/** A maker for these settings at `asOf`, the first instant (ISO 8601 UTC) after the as-of day. */
export function statementMaker({ uptime }: Settings, asOf: string, window: WindowStarts): StatementMaker {
  const known: Readonly<Record<string, SqlValue>> = {
    as_of: asOf,
    window_from: window.from,
    next_from: window.nextFrom,
    known_until: window.knownUntil ?? null,
    heartbeat: uptime.heartbeatMinutes,
    longest_gap: Math.max(2 * uptime.heartbeatMinutes, uptime.offlineAfterMinutes),
    silence: uptime.collectorSilenceMinutes,
    silence_chargers: COLLECTOR_MINIMUM_CHARGERS,
    future_grace: FUTURE_GRACE_MINUTES,
  };
  return (text) => ({
    text: text.replaceAll(/\$as_of\b/g, 'CAST($as_of AS TIMESTAMP)'),
    params: usedParams(text, known),
  });
}
