import type { ReactNode } from 'react';
import type { ExternalToast } from 'sonner';

export type ToastMessage = {
  readonly tone: 'plain' | 'error';
  readonly text: ReactNode;
  readonly options: ExternalToast | undefined;
};

// Messages wait here until what draws them is loaded, which the first of them brings about.
const waiting: ToastMessage[] = [];
let ask: (() => void) | null = null;
let show: ((message: ToastMessage) => void) | null = null;

export function pushToast(message: ToastMessage): void {
  if (show) {
    show(message);
    return;
  }
  waiting.push(message);
  ask?.();
}

/** Calls `open` when a message waits; answers how to end that. */
export function whenToastWaits(open: () => void): () => void {
  ask = open;
  if (waiting.length > 0) open();
  return () => {
    ask = null;
  };
}

/** Hands over what waits and all that comes; answers how to end that. */
export function deliverToasts(to: (message: ToastMessage) => void): () => void {
  show = to;
  for (const message of waiting.splice(0)) to(message);
  return () => {
    show = null;
  };
}
