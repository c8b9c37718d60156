import { type ComponentType, type ReactNode, useEffect, useState } from 'react';

/** The code of a component that comes later. */
export interface LaterCode<Props extends object> {
  /** The component, once it is there. */
  known(): ComponentType<Props> | null;
  load(): Promise<ComponentType<Props>>;
}

/** Code that `load` brings, when it is first drawn or asked for. */
export function laterCode<Props extends object>(load: () => Promise<ComponentType<Props>>): LaterCode<Props> {
  let known: ComponentType<Props> | null = null;
  return {
    known: () => known,
    async load() {
      known ??= await load();
      return known;
    },
  };
}

interface LoadedProps<Props extends object> {
  readonly code: LaterCode<Props>;
  readonly props: Props;
  /** What stands in its place until the code is there. */
  readonly meanwhile: ReactNode;
}

/**
 * A component whose code comes later. Code that is there is drawn at once: React's own `lazy` draws its fallback first even then, and
 * keeps it for 300 ms.
 */
export function Loaded<Props extends object>({ code, props, meanwhile }: LoadedProps<Props>) {
  const [Component, setComponent] = useState(() => code.known());
  useEffect(() => {
    if (Component !== null) return;
    let over = false;
    void code.load().then((loaded) => {
      if (!over) setComponent(() => loaded);
    });
    return () => {
      over = true;
    };
  }, [Component, code]);
  return Component === null ? meanwhile : <Component {...props} />;
}
