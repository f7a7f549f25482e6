'use client';

import 'sonner/dist/styles.css';
import { type ReactNode, useEffect } from 'react';
import type { ExternalToast } from 'sonner';
import { pushToast, whenToastWaits } from './toast-queue';
import { useOnDemand } from './use-on-demand';

/** A short message at the edge of the page. */
export function toast(text: ReactNode, options?: ExternalToast): void {
  pushToast({ tone: 'plain', text, options });
}

toast.error = (text: ReactNode, options?: ExternalToast): void => {
  pushToast({ tone: 'error', text, options });
};

const loadBox = () => import('./toaster-box').then((file) => file.ToasterBox);

/** Stands once, around the signed-in pages; what draws the messages is loaded with the first of them. */
export function Toaster() {
  const { Loaded: Box, open } = useOnDemand(loadBox);
  useEffect(() => whenToastWaits(open), [open]);
  return Box ? <Box /> : null;
}
