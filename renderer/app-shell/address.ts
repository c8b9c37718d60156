import { useEffect } from 'react';
import { metricIdSchema, streamIdSchema } from '../../analytics/contract/ids.ts';
import { type Place, useNavigation } from '../place/navigation.ts';

/**
 * The place that an address names: `#/stream/NCV-02`, `#/metric/ncv-01.5/first-time-fix-rate` or `#/imports`.
 * Null for anything else. Lets a script or a tester open a view without clicking there; the window writes no addresses.
 */
export function placeOfHash(hash: string): Place | null {
  const [, view, rest = ''] = /^#?\/?(stream|metric|imports)(?:\/(.+))?$/.exec(hash) ?? [];
  if (view === 'imports') return { view };
  if (view === 'stream' && streamIdSchema.safeParse(rest).success) return { view, stream: rest };
  return view === 'metric' && metricIdSchema.safeParse(rest).success ? { view, metric: rest } : null;
}

/** Goes where the address says, at the start and whenever it changes. */
export function useAddress(): void {
  const go = useNavigation((navigation) => navigation.go);
  useEffect(() => {
    const follow = () => {
      const place = placeOfHash(window.location.hash);
      if (place !== null) go(place);
    };
    follow();
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, [go]);
}
