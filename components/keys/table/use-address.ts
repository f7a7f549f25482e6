'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';

/** What was typed is painted before the address follows. */
const PAUSE_MS = 30;
/** By then the router has surely told of an address that was written, or was led elsewhere. */
const KNOWN_MS = 5_000;

export type AddressTexts = Readonly<Record<string, string | null>>;

function written(texts: URLSearchParams): string {
  // Lists of ids are easier to read, and as valid, with their commas.
  return texts.toString().replaceAll('%2C', ',');
}

/**
 * The texts after `?` in the address. A change shows at once and is written a moment later: `isStep` makes it one
 * that Back undoes, else it takes the place of what stands there. Nothing is asked of the server.
 */
export function useAddress() {
  const told = useSearchParams();
  const [ahead, setAhead] = useState<URLSearchParams | null>(null);
  const latest = useRef<URLSearchParams | null>(null);
  const timers = useRef<{ write?: ReturnType<typeof setTimeout>; forget?: ReturnType<typeof setTimeout> }>(
    {},
  );

  const forget = useCallback(() => {
    clearTimeout(timers.current.write);
    clearTimeout(timers.current.forget);
    latest.current = null;
    setAhead(null);
  }, []);

  useEffect(() => {
    if (latest.current?.toString() === told.toString()) forget();
  }, [told, forget]);

  useEffect(() => {
    // Back and forward lead to what the address then says.
    window.addEventListener('popstate', forget);
    return () => {
      window.removeEventListener('popstate', forget);
      clearTimeout(timers.current.write);
      clearTimeout(timers.current.forget);
    };
  }, [forget]);

  const change = useCallback(
    (texts: AddressTexts, isStep: boolean) => {
      const isWaiting = latest.current !== null;
      const next = new URLSearchParams(latest.current ?? window.location.search);
      for (const [name, text] of Object.entries(texts)) {
        if (text === null) next.delete(name);
        else next.set(name, text);
      }
      const write = (how: 'pushState' | 'replaceState', wanted: URLSearchParams) => {
        const query = written(wanted);
        window.history[how](null, '', query === '' ? window.location.pathname : `?${query}`);
      };
      const { current: timer } = timers;
      clearTimeout(timer.write);
      clearTimeout(timer.forget);
      if (isStep) {
        // What was typed last belongs to the step before.
        if (isWaiting && latest.current) write('replaceState', latest.current);
        write('pushState', next);
      } else {
        timer.write = setTimeout(() => write('replaceState', next), PAUSE_MS);
      }
      latest.current = next;
      setAhead(next);
      timer.forget = setTimeout(forget, KNOWN_MS);
    },
    [forget],
  );

  return { address: ahead ?? told, change };
}
