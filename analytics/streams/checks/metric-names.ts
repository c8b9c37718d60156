const STANDING_FOR: Readonly<Record<string, string>> = {
  proposal: 'quote',
  quotation: 'quote',
  offer: 'quote',
  bid: 'quote',
  contract: 'deal',
  order: 'deal',
  sale: 'deal',
  sales: 'deal',
  conversion: 'win',
  acceptance: 'win',
  close: 'win',
  closing: 'win',
  repair: 'fix',
  install: 'fix',
  installation: 'fix',
  case: 'ticket',
  issue: 'ticket',
  tickets: 'ticket',
  cases: 'ticket',
  issues: 'ticket',
  clients: 'customer',
  client: 'customer',
  customers: 'customer',
  availability: 'uptime',
  churn: 'retention',
};
const KINDS: Readonly<Record<string, string>> = {
  rate: 'rate',
  ratio: 'rate',
  percentage: 'rate',
  percent: 'rate',
  share: 'rate',
  time: 'time',
  duration: 'time',
  days: 'time',
  hours: 'time',
  value: 'money',
  size: 'money',
  amount: 'money',
  worth: 'money',
  cost: 'cost',
  spend: 'cost',
  volume: 'count',
  count: 'count',
  number: 'count',
};
const EMPTY = new Set('average mean median total overall the of to for in per and'.split(' '));

/** What a metric name says: what kind of measure, and of what. */
export interface MetricWords {
  readonly kind: string | null;
  readonly content: ReadonlySet<string>;
}

/** Whether two metric names that are not the same are so close that a reader may take one for the other. */
export function areNearSynonyms(a: MetricWords, b: MetricWords): boolean {
  if (a.content.size === 0 || b.content.size === 0) return false;
  if (a.kind !== null && b.kind !== null && a.kind !== b.kind) return false;
  const shared = [...a.content].filter((word) => b.content.has(word)).length;
  const alike = shared / (a.content.size + b.content.size - shared);
  return a.kind !== null && a.kind === b.kind ? alike >= 0.5 : alike > 0.5;
}

/** Whether two names are one name, spelt the same but for case, spaces and punctuation. */
export function foldedName(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/&/g, 'and')
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

export function metricWords(name: string): MetricWords {
  const folded = name
    .toLowerCase()
    .replace(/\bfirst[\s-]+time([\s-]+right)?\b|\bright[\s-]+first[\s-]+time\b/g, 'firsttime')
    .replace(/\bleads?[\s-]+conversion\b/g, 'leadconversion');
  const all = folded.split(/[^a-z0-9]+/).filter((word) => word !== '' && !EMPTY.has(word));
  const content = all.filter((word) => KINDS[word] === undefined).map((word) => STANDING_FOR[word] ?? word);
  return { kind: all.map((word) => KINDS[word]).findLast((kind) => kind !== undefined) ?? null, content: new Set(content) };
}
