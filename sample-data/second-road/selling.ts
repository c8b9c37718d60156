import { DAY, dayOf, END } from '../generator/clock.ts';
import type { Quote } from '../generator/records.ts';
import { type Books, type Counted, groupBy, on } from './observation.ts';

function issuedByDeal(books: Books, stream: string): { segment: string; quotes: (Quote & { issuedAt: number })[] }[] {
  const deals = new Map(books.ofStream(books.world.opportunities, stream).map((deal) => [deal.id, deal]));
  const issued = books.world.quotes.filter(
    (quote): quote is Quote & { issuedAt: number } => quote.issuedAt !== null && deals.has(quote.opportunity),
  );
  return [...groupBy(issued, (quote) => quote.opportunity)].map(([deal, quotes]) => {
    const segment = books.segmentOf(deals.get(deal) as { caseId: string });
    return { segment, quotes: quotes.sort((a, b) => a.version - b.version) };
  });
}

export function quoteAccuracy(books: Books): Counted[] {
  const found: Counted[] = [];
  for (const { segment, quotes } of issuedByDeal(books, 'NCV-01')) {
    for (const quote of quotes) {
      if (quote.acceptedAt === null || quote.invoicedAt === null || quote.finalAmount === null || quote.amount <= 0) continue;
      const off = Math.abs(quote.finalAmount - (quote.customerChange ?? 0) - quote.amount);
      found.push(on(quote.invoicedAt, segment, { num: off <= 0.1 * quote.amount ? 1 : 0 }));
    }
  }
  return found;
}

export function quoteConversion(books: Books): Counted[] {
  return issuedByDeal(books, 'NCV-01').map(({ segment, quotes }) => {
    const first = Math.min(...quotes.map((quote) => quote.issuedAt));
    const last = quotes[quotes.length - 1] as Quote & { issuedAt: number };
    const num = quotes.some((quote) => quote.acceptedAt !== null) ? 1 : 0;
    return { ...on(first, segment, { num }), maturesOn: dayOf(last.validUntil ?? last.issuedAt + 60 * DAY) };
  });
}

/** Days from opening to signature of deals won. Amendments are no deals of their own. */
export function salesCycle(books: Books, stream: string): Counted[] {
  const found: Counted[] = [];
  for (const deal of books.ofStream(books.world.opportunities, stream)) {
    if (deal.outcome !== 'won' || deal.signedAt === null || deal.amends !== null || deal.signedAt < deal.createdAt) continue;
    found.push(on(deal.signedAt, books.segmentOf(deal), { num: (deal.signedAt - deal.createdAt) / DAY }));
  }
  return found;
}

/** What was signed; a contract cancelled within 14 days is taken back in the month of its cancellation. */
export function contractValue(books: Books): Counted[] {
  const found: Counted[] = [];
  for (const deal of books.ofStream(books.world.opportunities, 'NCV-01')) {
    if (deal.outcome !== 'won' || deal.signedAt === null || deal.oneOff === null) continue;
    const num = deal.oneOff + (deal.monthly ?? 0) * (deal.termMonths ?? 0);
    found.push(on(deal.signedAt, books.segmentOf(deal), { num }));
    if (deal.cancelledAt !== null && deal.cancelledAt <= deal.signedAt + 14 * DAY) {
      found.push(on(deal.cancelledAt, books.segmentOf(deal), { num: -num }));
    }
  }
  return found;
}

export function winRate(books: Books): Counted[] {
  const found: Counted[] = [];
  for (const deal of books.ofStream(books.world.opportunities, 'NCV-01')) {
    if (deal.outcome === 'open' || deal.decidedAt === null || deal.amends !== null) continue;
    found.push(on(deal.decidedAt, books.segmentOf(deal), { num: deal.outcome === 'won' ? 1 : 0 }));
  }
  return found;
}

export function proposalCycle(books: Books): Counted[] {
  const leads = new Map(books.world.leads.filter((lead) => lead.opportunity !== null).map((lead) => [lead.opportunity, lead]));
  const found: Counted[] = [];
  for (const { segment, quotes } of issuedByDeal(books, 'NCV-02')) {
    const first = Math.min(...quotes.map((quote) => quote.issuedAt));
    const qualified = leads.get((quotes[0] as Quote).opportunity)?.qualifiedAt ?? null;
    if (qualified === null || first < qualified) continue;
    found.push(on(first, segment, { num: (first - qualified) / DAY }));
  }
  return found;
}

/** The latest version of each proposal, once accepted, declined, or past its last day without an answer. */
export function proposalWinRate(books: Books): Counted[] {
  const found: Counted[] = [];
  for (const { segment, quotes } of issuedByDeal(books, 'NCV-02')) {
    const last = quotes[quotes.length - 1] as Quote;
    if (last.acceptedAt !== null) found.push(on(last.acceptedAt, segment, { num: 1 }));
    else if (last.declinedAt !== null) found.push(on(last.declinedAt, segment, { num: 0 }));
    else if (last.validUntil !== null && last.validUntil < END) {
      found.push({ day: dayOf(last.validUntil) + 1, segment, num: 0, den: 1, maturesOn: null });
    }
  }
  return found;
}

export function dealSize(books: Books): Counted[] {
  const found: Counted[] = [];
  for (const deal of books.ofStream(books.world.opportunities, 'NCV-02')) {
    if (deal.outcome !== 'won' || deal.signedAt === null || deal.amends !== null || deal.amount === null) continue;
    found.push(on(deal.signedAt, books.segmentOf(deal), { num: deal.amount }));
  }
  return found;
}
