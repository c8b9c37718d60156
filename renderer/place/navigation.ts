import { create } from 'zustand';

/** What the window shows. */
export type Place =
  | { readonly view: 'stream'; readonly stream: string }
  | { readonly view: 'metric'; readonly metric: string }
  | { readonly view: 'imports' };

interface Navigation {
  /** Null until the user has gone anywhere: the first stream is shown. */
  readonly place: Place | null;
  /** Where the user came from, latest last. */
  readonly trail: readonly (Place | null)[];
  /** The stage whose details are open beside the stream. */
  readonly stage: string | null;
  readonly go: (place: Place) => void;
  readonly back: () => void;
  readonly openStage: (stage: string | null) => void;
}

export const useNavigation = create<Navigation>()((set) => ({
  place: null,
  trail: [],
  stage: null,
  go: (place) => set((now) => ({ place, stage: null, trail: [...now.trail, now.place].slice(-20) })),
  back: () => set((now) => ({ place: now.trail.at(-1) ?? null, stage: null, trail: now.trail.slice(0, -1) })),
  openStage: (stage) => set({ stage }),
}));
