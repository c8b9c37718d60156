import { describe, expect, it } from 'vitest';
import { DAY, dayOf, END, LAST_DAY, lastDayOf, monthOf } from '../../sample-data/generator/clock.ts';
import { makeWorld } from '../../sample-data/generator/world.ts';
import { sixMonthsAfter } from '../../sample-data/second-road/marketing.ts';

const world = makeWorld('weir sample 1');
const cases = new Map(world.cases.map((each) => [each.id, each]));
const ids = <Row extends { id: string }>(rows: readonly Row[]) => new Set(rows.map((row) => row.id));

describe('the records of the sample hang together', () => {
  it('by keys: every row that names another finds it', () => {
    const [customers, deals, orders, assets] = [
      ids(world.customers),
      ids(world.opportunities),
      ids(world.workOrders),
      ids(world.assets),
    ];
    const tickets = ids(world.tickets);
    expect(world.cases.every((each) => customers.has(each.customer))).toBe(true);
    for (const rows of [
      world.stageEvents,
      world.opportunities,
      world.workOrders,
      world.assets,
      world.steps,
      world.surveys,
      world.tickets,
      world.terms,
    ]) {
      expect(rows.every((row: { caseId: string }) => cases.has(row.caseId))).toBe(true);
    }
    expect(world.leads.every((lead) => lead.caseId === null || cases.has(lead.caseId))).toBe(true);
    expect(world.leads.every((lead) => lead.opportunity === null || deals.has(lead.opportunity))).toBe(true);
    expect(world.quotes.every((quote) => deals.has(quote.opportunity))).toBe(true);
    expect(world.visits.every((visit) => orders.has(visit.workOrder))).toBe(true);
    expect(world.ticketStates.every((state) => tickets.has(state.ticket))).toBe(true);
    expect(world.chargerLog.every((each) => assets.has(each.charger))).toBe(true);
    const sites = new Set(world.assets.map((asset) => asset.site));
    expect(world.exclusions.every((each) => assets.has(each.asset) || sites.has(each.asset))).toBe(true);
  });

  it('by time: every case walks its stages in order, one at a time', () => {
    const last = new Map<string, { exitedAt: number | null; outcome: string | null; stage: string }>();
    for (const event of world.stageEvents) {
      const before = last.get(event.caseId);
      const opened = cases.get(event.caseId)?.openedAt ?? Number.NaN;
      expect(event.enteredAt).toBeGreaterThanOrEqual(opened);
      expect(event.exitedAt === null || event.exitedAt >= event.enteredAt).toBe(true);
      if (before) {
        expect(before.exitedAt).toBe(event.enteredAt);
        expect(before.outcome).toBe(event.stage < before.stage ? 'returned' : 'passed');
      }
      last.set(event.caseId, event);
    }
    for (const each of world.cases) if (each.outcome === 'open') expect(each.closedAt).toBeNull();
  });

  it('by rule: signed means accepted, completed means visited, resolved comes after opened', () => {
    const accepted = new Set(world.quotes.filter((quote) => quote.acceptedAt !== null).map((quote) => quote.opportunity));
    for (const deal of world.opportunities) {
      if (deal.signedAt !== null && deal.amends === null) expect(accepted.has(deal.id)).toBe(true);
    }
    const visited = new Set(world.visits.map((visit) => visit.workOrder));
    for (const order of world.workOrders) {
      if (order.completedAt === null) continue;
      expect(visited.has(order.id)).toBe(true);
      expect(order.completedAt).toBeGreaterThanOrEqual(order.createdAt);
    }
    for (const ticket of world.tickets) expect(ticket.resolvedAt === null || ticket.resolvedAt >= ticket.openedAt).toBe(true);
    for (const lead of world.leads) {
      const steps = [lead.mqlAt, lead.sqlAt, lead.qualifiedAt, lead.convertedAt, lead.disqualifiedAt];
      expect(steps.every((at) => at === null || at >= lead.createdAt)).toBe(true);
    }
    for (const quote of world.quotes) {
      const answered = quote.acceptedAt ?? quote.declinedAt;
      expect(
        answered === null || (quote.issuedAt !== null && answered >= quote.issuedAt && answered <= (quote.validUntil ?? 0)),
      ).toBe(true);
    }
  });

  it('needs no fine print: nothing lies so near a boundary that two honest readings part', () => {
    const deals = new Map(world.opportunities.map((deal) => [deal.id, deal]));
    for (const lead of world.leads) {
      const signed = lead.opportunity === null ? null : (deals.get(lead.opportunity)?.signedAt ?? null);
      if (signed !== null) expect(Math.abs(signed - sixMonthsAfter(lead.createdAt))).toBeGreaterThan(DAY / 4);
    }
    for (const quote of world.quotes) {
      if (quote.validUntil !== null) expect(dayOf(quote.validUntil)).not.toBe(lastDayOf(monthOf(dayOf(quote.validUntil))));
    }
    expect(LAST_DAY).toBe(dayOf(END - 1));
  });

  it('never has one connector in two states at one instant', () => {
    const states = new Map<string, string | null>();
    for (const { charger, connector, message, status, at } of world.chargerLog) {
      if (message !== 'StatusNotification') continue;
      const key = `${charger}|${connector}|${at}`;
      expect(states.get(key) ?? status).toBe(status);
      states.set(key, status);
    }
  });
});
