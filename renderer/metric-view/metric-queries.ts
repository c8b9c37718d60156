import { hashKey, keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { RecordSort, RecordsPage } from '../../analytics/contract/records.ts';
import { ask } from '../engine/ask.ts';
import { useWorkspace } from '../engine/workspace.tsx';
import { useAsked, useFilters } from '../place/filters.ts';

const PAGE = 500;
const EXPORT_LIMIT = 1_000_000;

/** One metric's page in one call; the last answer stays while a filter's is on its way. */
export function useMetricView(metric: string) {
  const { dataVersion } = useWorkspace();
  const asked = useAsked();
  return useQuery({
    queryKey: ['view.metric', metric, asked, dataVersion],
    queryFn: () => ask('view.metric', { metric, ...asked }, 'metric'),
    placeholderData: keepPreviousData,
  });
}

/** What stands behind the metric's numbers: definition, targets, settings, SQL. */
export function useExplanation(metric: string) {
  const { dataVersion } = useWorkspace();
  return useQuery({
    queryKey: ['metrics.explain', metric, dataVersion],
    queryFn: () => ask('metrics.explain', { metric }, 'metric'),
  });
}

/**
 * The records behind one month under the filters in force, in the order asked for, a page at a time. While another order is on
 * its way the rows stay as they are.
 */
export function useRecords(metric: string, period: string, sort: RecordSort | undefined) {
  const { dataVersion } = useWorkspace();
  const where = useFilters((filters) => filters.where);
  const rows = ['metrics.records', metric, period, where, dataVersion] as const;
  return useInfiniteQuery({
    queryKey: [...rows, sort] as const,
    queryFn: ({ pageParam }) => ask('metrics.records', { metric, period, where, offset: pageParam, limit: PAGE, sort }, 'metric'),
    initialPageParam: 0,
    getNextPageParam: (_last, pages) => nextOffset(pages),
    placeholderData: (before, query) =>
      hashKey(query?.queryKey.slice(0, rows.length) ?? []) === hashKey(rows) ? before : undefined,
  });
}

/** All records of a month for an export. */
export function allRecords(metric: string, period: string): Promise<RecordsPage> {
  const { where } = useFilters.getState();
  return ask('metrics.records', { metric, period, where, limit: EXPORT_LIMIT }, 'records-export');
}

/** Where the next page starts; nothing once all rows are here. */
export function nextOffset(pages: readonly RecordsPage[]): number | undefined {
  const known = pages.reduce((sum, page) => sum + page.rows.length, 0);
  return known < (pages[0]?.total ?? 0) && pages.at(-1)?.rows.length !== 0 ? known : undefined;
}
