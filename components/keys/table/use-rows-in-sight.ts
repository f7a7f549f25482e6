'use client';

import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { type Sight, scrollTopFor, sightOf } from './rows-in-sight';

/** What stands above the rows of a wide window in pixels; a row too many costs less than drawing twice. */
const ABOVE_ROWS = 186;

export type RowsInSight = {
  readonly sight: Sight;
  readonly scrollToIndex: (index: number) => void;
  readonly scrollToTop: () => void;
};

/** Follows the scrolling of a box of rows that are all of one height. */
export function useRowsInSight(boxRef: RefObject<HTMLElement | null>): RowsInSight {
  const scrolled = useRef(0);
  const [sight, setSight] = useState(() => sightOf(0, window.innerHeight - ABOVE_ROWS));

  const look = useCallback(() => {
    const box = boxRef.current;
    if (!box) return;
    scrolled.current = box.scrollTop;
    const seen = sightOf(box.scrollTop, box.clientHeight);
    // The box shrinks with few rows in it; when more come back there must be enough of them at once.
    setSight((before) =>
      before.at === seen.at && before.fit >= seen.fit
        ? before
        : { at: seen.at, fit: Math.max(before.fit, seen.fit) },
    );
  }, [boxRef]);

  useLayoutEffect(() => {
    const box = boxRef.current;
    if (!box) return;
    look();
    // Before the frame is drawn that shows the box scrolled.
    const follow = () => flushSync(look);
    const sizes = new ResizeObserver(look);
    sizes.observe(box);
    box.addEventListener('scroll', follow, { passive: true });
    return () => {
      sizes.disconnect();
      box.removeEventListener('scroll', follow);
    };
  }, [boxRef, look]);

  return useMemo(
    () => ({
      sight,
      scrollToIndex: (index) => {
        const box = boxRef.current;
        if (!box) return;
        box.scrollTop = scrollTopFor(index, box.scrollTop, box.clientHeight);
        look();
      },
      scrollToTop: () => {
        // Scrolling lays the page out at once, which typing at the top need not pay.
        if (scrolled.current === 0) return;
        boxRef.current?.scrollTo({ top: 0 });
        look();
      },
    }),
    [sight, boxRef, look],
  );
}
