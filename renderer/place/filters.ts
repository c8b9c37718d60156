import { useMemo } from 'react';
import { create } from 'zustand';
import type { Dimension, Where } from '../../analytics/contract/dimensions.ts';
import { KEPT } from '../engine/kept.ts';
import { useWorkspace } from '../engine/workspace.tsx';
import { type Span, type SpanChoice, spanOf } from './period-span.ts';

interface Filters {
  readonly span: SpanChoice;
  readonly where: Where;
  readonly chooseSpan: (span: SpanChoice) => void;
  /** Keeps only these members of a dimension; none keeps all. */
  readonly chooseMembers: (dimension: Dimension, members: readonly string[]) => void;
  readonly clear: () => void;
}

export const useFilters = create<Filters>()((set) => ({
  span: KEPT?.choice.span ?? { kind: 'last12' },
  where: KEPT?.choice.where ?? {},
  chooseSpan: (span) => set({ span }),
  chooseMembers: (dimension, members) => set((now) => ({ where: withMembers(now.where, dimension, members) })),
  clear: () => set({ where: {} }),
}));

/** A filter with one dimension's members replaced; an empty choice takes the dimension out, members keep one order. */
export function withMembers(where: Where, dimension: Dimension, members: readonly string[]): Where {
  const { [dimension]: _replaced, ...others } = where;
  return members.length === 0 ? others : { ...others, [dimension]: [...members].sort() };
}

/** The months in force; the current month's where there is no data to tell. */
export function useSpan(): Span {
  const { asOf, settings } = useWorkspace();
  const choice = useFilters((filters) => filters.span);
  return useMemo(
    () => spanOf(choice, asOf ?? new Date().toISOString().slice(0, 10), settings.fiscalYearStart),
    [choice, asOf, settings.fiscalYearStart],
  );
}

/** Months and filters as a view's call takes them. */
export function useAsked(): Span & { readonly where: Where } {
  const span = useSpan();
  const where = useFilters((filters) => filters.where);
  return useMemo(() => ({ ...span, where }), [span, where]);
}
