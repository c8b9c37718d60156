import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { CHART_THEMES } from '../../analytics/charts/theme.ts';
import type { MetricTile, StreamView } from '../../analytics/contract/stream-view.ts';

/** The part of the metric's page that this needs. */
interface Warmable {
  warmUp(tile: MetricTile, options: { readonly theme: (typeof CHART_THEMES)['light']; readonly currency: string }): () => void;
}

/** A stream must have been on screen for so long, in ms, before a page that nobody asked for takes time. */
const SETTLED_MS = 400;
const LONGEST_WAIT_MS = 5000;

/** Loads a metric's page once the first stream is on screen, and draws its charts once unseen: the first page opened is then as quick as the next. */
export function useWarmMetricView(load: () => Promise<Warmable>, currency: string): void {
  const queries = useQueryClient();
  useEffect(() => {
    let stop: (() => void) | null = null;
    let over = false;
    const begin = async () => {
      const page = await load();
      const tile = await firstTile(queries);
      if (!over) stop = page.warmUp(tile, { theme: CHART_THEMES.light, currency });
    };
    let later = 0;
    const settled = setTimeout(() => {
      later = requestIdleCallback(() => void begin(), { timeout: LONGEST_WAIT_MS });
    }, SETTLED_MS);
    return () => {
      over = true;
      clearTimeout(settled);
      cancelIdleCallback(later);
      stop?.();
    };
  }, [queries, load, currency]);
}

/** A tile with values of any stream, as soon as one has been answered. */
function firstTile(queries: QueryClient): Promise<MetricTile> {
  const cache = queries.getQueryCache();
  const find = () =>
    queries
      .getQueriesData<StreamView>({ queryKey: ['view.stream'] })
      .flatMap(([, view]) => view?.tiles ?? [])
      .find((tile) => tile.current.value !== null);
  return new Promise((found) => {
    const tile = find();
    if (tile) {
      found(tile);
      return;
    }
    const leave = cache.subscribe(() => {
      const answered = find();
      if (answered === undefined) return;
      leave();
      found(answered);
    });
  });
}
