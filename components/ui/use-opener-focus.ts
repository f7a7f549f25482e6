'use client';

import { useRef } from 'react';

interface FocusHandlers {
  onOpenAutoFocus?: ((event: Event) => void) | undefined;
  onCloseAutoFocus?: ((event: Event) => void) | undefined;
}

/**
 * For overlays that are opened by state and not by a trigger: on closing, the focus goes back to what had it
 * when the overlay opened, if that is still there.
 */
export function useOpenerFocus(own: FocusHandlers): Required<FocusHandlers> {
  const opener = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: (event) => {
      opener.current = document.activeElement;
      own.onOpenAutoFocus?.(event);
    },
    onCloseAutoFocus: (event) => {
      own.onCloseAutoFocus?.(event);
      const { current } = opener;
      if (event.defaultPrevented || current === document.body) return;
      if (!(current instanceof HTMLElement && current.isConnected)) return;
      event.preventDefault();
      current.focus();
    },
  };
}
