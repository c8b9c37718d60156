/** Small extracts at random, in which later files bring later days, late rows and corrections of earlier ones. */
export interface Extract {
  readonly table: string;
  readonly csv: string;
}

/** Numbers from 0 to 1 that a seed decides (Park and Miller, 1988). */
export function randomNumbers(seed: number): () => number {
  let state = seed * 7919 + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const ENTITIES = 14;
const PORTS = 4;

/** An extract of one table around day `day` of the data; a fifth of the rows are of long before, keys come again with other values. */
export function randomExtract(random: () => number, day: number, wanted?: string): Extract {
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)] as Value;
  const whole = (below: number) => Math.floor(random() * below);
  const moment = (back: number) => {
    const late = random() < 0.2 ? whole(60) : 0;
    return new Date(Date.UTC(2025, 0, 1 + day - late - whole(back), whole(24), whole(60), whole(60))).toISOString();
  };
  /** A time that may lie in the days to come. */
  const planned = () => new Date(Date.parse(moment(8)) + whole(14) * 86_400_000).toISOString();
  const maybe = (value: string | number, share = 0.7) => (random() < share ? value : '');
  const place = () => ({
    stream_id: pick(['NCV-01', 'NCV-02', 'NCV-01']),
    segment: pick(['residential', 'fleet', '']),
    region: pick(['North', 'South', '']),
    channel: pick(['web', 'partner']),
  });
  const id = (kind: string) => `${kind}${whole(ENTITIES)}`;
  const rows: Record<string, () => Record<string, string | number>> = {
    lead: () => ({
      lead_id: id('L'),
      ...place(),
      created_at: moment(20),
      mql_at: maybe(moment(10)),
      sql_at: maybe(moment(3)),
      converted_at: maybe(moment(3), 0.4),
      email_hash: pick(['a', 'b', '']),
      opportunity_id: id('O'),
    }),
    opportunity: () => ({
      opp_id: id('O'),
      ...place(),
      created_at: moment(30),
      decided_at: maybe(moment(5)),
      outcome: pick(['won', 'lost', '']),
      signed_at: maybe(moment(5)),
      one_off_net: Math.round(random() * 1e6) / 100,
      amount_net: Math.round(random() * 1e6) / 100,
    }),
    quote: () => ({
      quote_id: id('Q'),
      opp_id: id('O'),
      stream_id: pick(['NCV-01', 'NCV-02']),
      version: 1 + whole(2),
      issued_at: maybe(moment(20), 0.9),
      valid_until: maybe(planned().slice(0, 10), 0.5),
      accepted_at: maybe(moment(5), 0.3),
      declined_at: maybe(moment(5), 0.2),
      amount_net: 1000,
    }),
    work_order: () => ({
      wo_id: id('W'),
      ...place(),
      kind: pick(['install', 'repair']),
      created_at: moment(20),
      completed_at: maybe(moment(3)),
    }),
    visit: () => ({
      visit_id: id('V'),
      wo_id: id('W'),
      visit_no: maybe(1, 0.5),
      resched_count: maybe(whole(3)),
      first_sched_start: maybe(planned(), 0.9),
      actual_start: maybe(moment(4)),
      actual_end: maybe(moment(3)),
      outcome: 'completed',
    }),
    marketing_spend: () => ({
      spend_id: id('M'),
      stream_id: pick(['NCV-01', 'NCV-02']),
      period_start: planned().slice(0, 10),
      channel: pick(['web', 'partner']),
      amount: whole(500),
    }),
    resource_day: () => ({
      resource_id: id('R'),
      stream_id: 'NCV-01',
      work_date: planned().slice(0, 10),
      available_h: 8,
      work_h: whole(8),
    }),
    support_ticket: () => ({
      ticket_id: id('S'),
      ...place(),
      opened_at: moment(9),
      resolved_at: maybe(moment(3)),
      reopen_count: whole(2),
    }),
    service_term: () => ({
      term_id: id('T'),
      stream_id: 'NCV-01',
      segment: pick(['residential', 'fleet']),
      customer_id: id('C'),
      start_at: moment(90),
      end_at: maybe(moment(5), 0.4),
      end_reason: pick(['price', 'moved']),
    }),
    asset: () => ({
      asset_id: `P${whole(PORTS)}`,
      parent_id: `H${whole(2)}`,
      kind: 'port',
      connector_no: 1 + whole(2),
      stream_id: 'NCV-02',
      region: pick(['North', 'South']),
      in_service_at: new Date(Date.UTC(2024, 11, 1 + whole(5))).toISOString(),
    }),
    device_event: () => ({
      asset_id: `H${whole(2)}`,
      connector_no: whole(3),
      happened_at: moment(3),
      event: pick(['status', 'status', 'heartbeat', 'offline']),
      status: pick(['Available', 'Faulted', 'Charging', 'Unavailable']),
    }),
  };
  const table = wanted ?? pick([...Object.keys(rows), 'device_event', 'device_event', 'device_event']);
  const make = rows[table] ?? (() => ({}) as Record<string, string | number>);
  const made = Array.from({ length: 3 + whole(12) }, make);
  const header = Object.keys(made[0] ?? {});
  return {
    table,
    csv: [header, ...made.map((row) => header.map((name) => row[name] ?? ''))].map((cells) => cells.join(',')).join('\n'),
  };
}
