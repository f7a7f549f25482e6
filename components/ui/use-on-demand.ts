'use client';

import { useState } from 'react';

export interface OnDemand<Component> {
  /** Null until it was asked for. */
  readonly Loaded: Component | null;
  /** For a pointer or the focus coming near: the code is fetched, so that the click need not wait. */
  readonly reach: () => void;
  /** Loads, then draws; `then` runs with it. */
  readonly open: (then?: () => void) => void;
}

/**
 * A component whose code is loaded when someone reaches for what opens it: overlays are a third of a page's code
 * and most are never opened. `load` must not change between renders.
 */
export function useOnDemand<Component>(load: () => Promise<Component>): OnDemand<Component> {
  const [loaded, setLoaded] = useState<{ readonly component: Component } | null>(null);
  const [failure, setFailure] = useState<{ readonly error: unknown } | null>(null);
  if (failure) throw failure.error;
  return {
    Loaded: loaded?.component ?? null,
    // What fails here is tried again, and told, by the click.
    reach: () => void load().catch(() => undefined),
    open: (then) => {
      load().then(
        (component) => {
          setLoaded({ component });
          then?.();
        },
        (error: unknown) => setFailure({ error }),
      );
    },
  };
}
