'use client';

import { useEffect } from 'react';
import { type FocusPlace, focusBeside, focusPlaceOf, focusTwin, isLost } from './focus-place';

/** Time for overlays and components to bring the focus back themselves. */
const PATIENCE_MS = 60;
const DIALOGS = '[role=dialog],[role=alertdialog]';
const OVERLAYS = `${DIALOGS},[role=menu],[role=listbox]`;

function focusTitle(): void {
  const title = document.querySelector<HTMLElement>('#main h1') ?? document.getElementById('main');
  if (!title) return;
  title.tabIndex = -1;
  title.focus();
}

/** Follows the focus, and answers how to stop doing so. */
function keepFocus(): () => void {
  let last: FocusPlace | null = null;
  let lastOnPage: FocusPlace | null = null;
  let path = location.pathname;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function restore() {
    if (document.activeElement !== document.body || last === null) return;
    // An element that is moved to another place of its list loses the focus too.
    if (!isLost(last)) {
      last.element.focus();
      return;
    }
    if (document.querySelector(`:is(${DIALOGS})[data-state=open]`)) {
      focusBeside(last);
      return;
    }
    const isSamePage = path === location.pathname && last.element.tagName !== 'H1';
    const isKept =
      isSamePage && [last, lastOnPage].some((place) => place && (focusTwin(place) || focusBeside(place)));
    if (!isKept) focusTitle();
  }

  function look() {
    clearTimeout(timer);
    timer = setTimeout(restore, PATIENCE_MS);
  }

  function remember({ target }: FocusEvent) {
    if (!(target instanceof HTMLElement) || target === document.body) return;
    // A dialog takes the focus itself when its content is replaced.
    if (target.matches(DIALOGS) && last && isLost(last)) {
      const lost = last;
      timer = setTimeout(() => document.activeElement === target && focusBeside(lost), PATIENCE_MS);
      return;
    }
    const place = focusPlaceOf(target);
    // Whoever points does not need the focus: on a phone it could bring up the keyboard.
    last = target.matches(':focus-visible') ? place : null;
    if (target.closest(OVERLAYS)) return;
    lastOnPage = place;
    path = location.pathname;
  }

  function forget() {
    last = null;
  }

  // Not every browser tells when the element with the focus is removed or switched off.
  const changes = new MutationObserver(() => {
    if (last !== null && document.activeElement === document.body) look();
  });
  changes.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
  document.addEventListener('pointerdown', forget);
  document.addEventListener('focusin', remember);
  document.addEventListener('focusout', look);
  return () => {
    clearTimeout(timer);
    changes.disconnect();
    document.removeEventListener('pointerdown', forget);
    document.removeEventListener('focusin', remember);
    document.removeEventListener('focusout', look);
  };
}

/**
 * The focus of the keyboard is never lost: when the element that has it goes away (a row is deleted, a button has
 * nothing left to do), it goes on beside it; on another page it goes to the title.
 */
export function FocusKeeper() {
  useEffect(keepFocus, []);
  return null;
}
