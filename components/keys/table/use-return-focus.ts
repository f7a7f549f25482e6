'use client';

import { useMemo, useRef } from 'react';

/** The row that Tab leads to. */
export function focusActiveRow() {
  document.querySelector<HTMLElement>('[role=grid] [data-key-id][tabindex="0"]')?.focus();
}

/** Brings the focus back to what opened a dialog, or to its row when that is gone (a menu item, a bar). */
export function useReturnFocus() {
  const opener = useRef<Element | null>(null);
  return useMemo(
    () => ({
      remember: () => {
        opener.current = document.activeElement;
      },
      giveBack: () => {
        // After the dialog has let go of the focus.
        setTimeout(() => {
          const { current } = opener;
          if (current instanceof HTMLElement && current.isConnected && current !== document.body) {
            current.focus();
          } else {
            focusActiveRow();
          }
        });
      },
    }),
    [],
  );
}
