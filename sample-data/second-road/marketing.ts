import { DAY, dayOf, lastDayOf, monthOf } from '../generator/clock.ts';
import type { Lead } from '../generator/records.ts';
import { type Books, type Counted, groupBy, on } from './observation.ts';

/** Leads that count: no tests, served addresses, not marked as repeats, and not within 90 days after the same person's last enquiry. */
export function netNewLeads({ world }: Books, stream: string): Lead[] {
  const real = world.leads.filter((lead) => lead.stream === stream && !lead.isTest && lead.serviceable);
  const leads = real.sort((a, b) => a.createdAt - b.createdAt);
  const repeats = new Set<string>();
  for (const groups of [groupBy(leads, (lead) => lead.email), groupBy(leads, (lead) => lead.phone)]) {
    for (const group of groups.values()) {
      group.forEach((lead, index) => {
        const before = group[index - 1];
        if (before && lead.createdAt - before.createdAt <= 90 * DAY) repeats.add(lead.id);
      });
    }
  }
  return leads.filter((lead) => lead.duplicateOf === null && !repeats.has(lead.id));
}

export function leadVolume(books: Books): Counted[] {
  return netNewLeads(books, 'NCV-01').map((lead) => on(lead.createdAt, lead.segment, { num: 1 }));
}

export function leadQuality(books: Books): Counted[] {
  const found: Counted[] = [];
  for (const lead of netNewLeads(books, 'NCV-01')) {
    if (lead.mqlAt === null) continue;
    const inTime = lead.sqlAt !== null && lead.sqlAt <= lead.mqlAt + 30 * DAY;
    found.push(on(lead.mqlAt, lead.segment, { num: inTime ? 1 : 0, within: 30 }));
  }
  return found;
}

/** Spend takes from the return, margin signed within six months of the lead adds to it; channels that cost nothing stand apart. */
export function marketingReturn({ world }: Books): Counted[] {
  const spend = world.spend.filter((row) => row.stream === 'NCV-01');
  const paid = new Set(spend.map((row) => row.channel));
  const sales = new Map(world.opportunities.map((row) => [row.id, row]));
  const found: Counted[] = spend.map((row) => {
    return {
      day: row.firstDay,
      segment: row.segment,
      num: -row.amount,
      den: row.amount,
      maturesOn: lastDayOf(monthOf(row.firstDay) + 6),
    };
  });
  for (const lead of world.leads) {
    if (lead.stream !== 'NCV-01' || lead.isTest || lead.opportunity === null || !paid.has(lead.channel)) continue;
    const sale = sales.get(lead.opportunity);
    if (sale?.outcome !== 'won' || sale.signedAt === null || sale.margin === null) continue;
    if (sale.signedAt >= sixMonthsAfter(lead.createdAt)) continue;
    const day = dayOf(lead.createdAt);
    found.push({ day, segment: lead.segment, num: sale.margin, den: 0, maturesOn: lastDayOf(monthOf(day) + 6) });
  }
  return found;
}

/** Six calendar months later at the same UTC time; the last day of the month where the day does not exist there. */
export function sixMonthsAfter(at: number): number {
  const date = new Date(at);
  const month = date.getUTCMonth() + 6;
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return Date.UTC(date.getUTCFullYear(), month, Math.min(date.getUTCDate(), lastDay)) + (at % DAY);
}

export function leadConversion(books: Books): Counted[] {
  return netNewLeads(books, 'NCV-02').map((lead) => {
    const within = lead.segment === 'fleet' ? 120 : 60;
    const converts = lead.convertedAt !== null && lead.convertedAt <= lead.createdAt + within * DAY;
    return on(lead.createdAt, lead.segment, { num: converts ? 1 : 0, within });
  });
}

export function costPerLead(books: Books): Counted[] {
  const spend = books.world.spend.filter((row) => row.stream === 'NCV-02');
  const costs = spend.map(
    (row): Counted => ({ day: row.firstDay, segment: row.segment, num: row.amount, den: 0, maturesOn: null }),
  );
  const leads = netNewLeads(books, 'NCV-02');
  return [...costs, ...leads.map((lead) => on(lead.createdAt, lead.segment, { num: 0 }))];
}
