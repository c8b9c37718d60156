import { streamIdSchema } from '../../contract/ids.ts';
import type { Dependency } from '../../contract/stage-model.ts';

const STREAM_ID = /(?<![A-Za-z0-9-])[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-\d+[A-Z]?(?![A-Za-z0-9-])/g;
const POINTED_NUMBER = /(?<![\w.,-])\d{1,3}(?:\.\d{1,3})+\.?(?=\s+[A-Z])/g;
const NUMBERED_NAME = /(?:^|(?<=\b(?:on|into|of|from|to|by|with|and|for|or)\s))\d{1,3}\.(?=\s+[A-Z])/g;

/**
 * A dependency as its sentence says it: the ids of streams and capabilities in their order, without `self`, which every
 * sentence may name as its subject. A number alone is an id where a name follows it, as in `10.8 Customer Insights`.
 */
export function dependencyOf(text: string, self: string): Dependency {
  const hyphens = text.replace(/(?<=[A-Z])[‐‑–](?=\d)/g, '-');
  const found = [STREAM_ID, POINTED_NUMBER, NUMBERED_NAME].flatMap((pattern) => [...hyphens.matchAll(pattern)]);
  const ids = found.sort((a, b) => a.index - b.index).map((match) => match[0].replace(/\.$/, ''));
  return { ids: [...new Set(ids)].filter((id) => id !== self), text };
}

/** Whether an id of a dependency has the form of a value stream's, and is not known as a capability's. */
export function isStreamId(id: string, capabilityIds: ReadonlySet<string>): boolean {
  return streamIdSchema.safeParse(id).success && !capabilityIds.has(id) && !/^CAP(?:ABILITY)?-/.test(id);
}
