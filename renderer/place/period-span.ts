import { addMonths, type Month } from '../../analytics/contract/period.ts';

export const SPAN_PRESETS = ['lastMonth', 'last3', 'last12', 'yearToDate'] as const;
export type SpanPreset = (typeof SPAN_PRESETS)[number];

/** The months the user wants to see: a preset that moves with the data, or two months. */
export type SpanChoice = { readonly kind: SpanPreset } | { readonly kind: 'custom'; readonly from: Month; readonly to: Month };

export interface Span {
  readonly from: Month;
  readonly to: Month;
}

/** The latest month that the data covers to its last day. */
export function lastCompleteMonth(asOf: string): Month {
  const month = asOf.slice(0, 7);
  const days = new Date(Date.UTC(Number(asOf.slice(0, 4)), Number(asOf.slice(5, 7)), 0)).getUTCDate();
  return Number(asOf.slice(8, 10)) === days ? month : addMonths(month, -1);
}

/** The months of a choice. Presets end with the last complete month; the year starts with the fiscal year's first month. */
export function spanOf(choice: SpanChoice, asOf: string, fiscalYearStart: number): Span {
  if (choice.kind === 'custom') return { from: choice.from, to: choice.to };
  const to = lastCompleteMonth(asOf);
  if (choice.kind === 'lastMonth') return { from: to, to };
  if (choice.kind === 'last3') return { from: addMonths(to, -2), to };
  if (choice.kind === 'last12') return { from: addMonths(to, -11), to };
  const monthsIntoYear = (Number(to.slice(5, 7)) - fiscalYearStart + 12) % 12;
  return { from: addMonths(to, -monthsIntoYear), to };
}

/** The same number of months just before a span. */
export function spanBefore({ from, to }: Span): Span {
  let length = 1;
  while (addMonths(from, length - 1) < to) length += 1;
  return { from: addMonths(from, -length), to: addMonths(from, -1) };
}
