import type { OutlineRow } from './outline.ts';

/** What a column of the stage table holds; `stage` holds id and name together. */
export type ColumnRole = 'id' | 'stage' | 'name' | 'description' | 'capabilities' | 'inputs' | 'outputs' | 'metrics';

export const STAGE_COLUMNS = [
  'name',
  'description',
  'capabilities',
  'inputs',
  'outputs',
  'metrics',
] as const satisfies readonly ColumnRole[];

export const ROLE_TITLES: Readonly<Record<ColumnRole, string>> = {
  id: 'Stage ID',
  stage: 'Stage',
  name: 'Stage Name',
  description: 'Description',
  capabilities: 'Enabling Capabilities',
  inputs: 'Expected Inputs',
  outputs: 'Expected Outputs',
  metrics: 'Key Metrics',
};

/** In this order: "Stage Inputs" holds inputs, "Stage Description" a description. */
const PATTERNS: readonly (readonly [ColumnRole, RegExp])[] = [
  ['capabilities', /capabilit/],
  ['inputs', /\binputs?\b|\breceives\b/],
  ['outputs', /\boutputs?\b|\bdeliverables?\b|\bproduces\b/],
  ['metrics', /\bmetrics?\b|\bkpis?\b|\bmeasures?\b|\bindicators?\b/],
  ['description', /\bdescription\b|\bsummary\b|\bpurpose\b|\bactivities\b/],
  ['id', /^(?:stage )?(?:id|identifier|no|nr|number|code|ref)$|^#$|^stage #$/],
  ['name', /^(?:stage )?(?:name|title)$/],
  ['stage', /^(?:value (?:stream )?)?stages?$/],
];

/** The role of each column of a table by its header; `null` for a column that says nothing about stages. */
export function columnRoles(header: OutlineRow): (ColumnRole | null)[] {
  const titles = header.cells.map((cell) =>
    cell
      .map((line) => line.text)
      .join(' ')
      .toLowerCase()
      .replace(/[^a-z0-9#]+/g, ' ')
      .trim(),
  );
  const roles = titles.map((title) => PATTERNS.find(([, pattern]) => pattern.test(title))?.[0] ?? null);
  if (!roles.includes('stage')) return roles;
  const rest: ColumnRole = roles.includes('id') ? 'name' : roles.includes('name') ? 'id' : 'stage';
  return roles.map((role) => (role === 'stage' ? rest : role));
}
