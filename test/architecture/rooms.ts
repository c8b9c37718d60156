/** A room is a folder with a door policy of its own. The most specific prefix decides which room a file lies in. */
export interface Room {
  readonly prefix: string;
  /** Prefixes of what its files may import, besides the room itself. */
  readonly mayImport: readonly string[];
}

const CONTRACT = 'analytics/contract/';
const TABLES = 'analytics/tables/';
const CATALOGUE = 'analytics/catalogue/';
const OBSERVE = 'analytics/observe/index.ts';
const SIGNALS = 'analytics/signals/index.ts';
const FLOW = 'analytics/flow/index.ts';
/** Under every room that reads the warehouse, which they reach only through the interface of the contract. */
const READING = [CONTRACT, TABLES, CATALOGUE];

/** The import arrows. What is not listed here may not be imported. */
export const ROOMS: readonly Room[] = [
  { prefix: CONTRACT, mayImport: [] },
  { prefix: 'analytics/charts/', mayImport: [CONTRACT] },
  { prefix: TABLES, mayImport: [CONTRACT] },
  { prefix: 'analytics/streams/', mayImport: [CONTRACT] },
  { prefix: CATALOGUE, mayImport: [CONTRACT] },
  { prefix: 'analytics/warehouse/', mayImport: [CONTRACT, TABLES] },
  { prefix: 'analytics/observe/', mayImport: READING },
  { prefix: 'analytics/signals/', mayImport: READING },
  { prefix: 'analytics/telemetry/', mayImport: READING },
  { prefix: 'analytics/flow/', mayImport: [...READING, OBSERVE] },
  { prefix: 'analytics/query/', mayImport: [...READING, OBSERVE, SIGNALS, FLOW] },
  { prefix: 'analytics/ingest/', mayImport: [...READING, 'analytics/warehouse/index.ts'] },
  {
    prefix: 'analytics/review/',
    mayImport: [...READING, 'analytics/charts/', 'analytics/query/', 'analytics/flow/', 'analytics/signals/'],
  },
  { prefix: 'analytics/cli/', mayImport: [CONTRACT, 'analytics/index.ts', 'package.json'] },
  { prefix: 'analytics/', mayImport: ['analytics/'] },
  { prefix: 'electron/', mayImport: [CONTRACT, 'analytics/index.ts'] },
  { prefix: 'renderer/', mayImport: [CONTRACT, 'analytics/charts/'] },
  { prefix: 'sample-data/', mayImport: [CONTRACT, TABLES] },
  { prefix: 'test/', mayImport: ['analytics/', 'electron/', 'renderer/', 'sample-data/'] },
];

/** Packages that only one place may import: a folder (ending in a slash) or one file, whichever file that is. */
export const DANGEROUS_PACKAGES: Readonly<Record<string, string | 'one file'>> = {
  '@duckdb/node-api': 'analytics/warehouse/',
  papaparse: 'one file',
  'echarts-for-react': 'one file',
};

/** Rooms that run where there is no Node and no Electron, or that must run without any of these packages. */
export const FORBIDDEN_PACKAGES: readonly { readonly prefix: string; readonly packages: RegExp }[] = [
  { prefix: 'analytics/contract/', packages: /^(?!zod$)/ },
  { prefix: 'analytics/charts/', packages: /^(?!echarts$)/ },
  { prefix: 'analytics/', packages: /^(electron|react|react-dom|@mantine\/.*|electron-log)$/ },
  { prefix: 'renderer/', packages: /^(node:.*|electron|electron-log|@duckdb\/.*|papaparse|commander)$/ },
  { prefix: 'electron/', packages: /^(react|react-dom|@mantine\/.*|@duckdb\/.*|echarts)$/ },
];

/** The room of a path; null for a path outside all rooms. */
export function roomOf(path: string): Room | null {
  const candidates = ROOMS.filter(({ prefix }) => path.startsWith(prefix));
  return candidates.reduce<Room | null>(
    (best, room) => (best === null || room.prefix.length > best.prefix.length ? room : best),
    null,
  );
}
