'use client';

import { Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { Kbd } from '@/components/ui/kbd';
import type { CommandSources } from './command-types';

const CommandPalette = dynamic(() => import('./command-palette').then((module) => module.CommandPalette), {
  ssr: false,
});

/** The search box of the header; the palette behind it is loaded when first opened. */
export function CommandSearch(sources: CommandSources) {
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);

  function setOpen(open: boolean) {
    setIsOpen(open);
    if (open) setWasOpened(true);
  }

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.altKey) return;
      event.preventDefault();
      setIsOpen((open) => !open);
      setWasOpened(true);
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);

  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setOpen(true)}
        className="flex h-7.5 w-[182px] items-center justify-between rounded-control border border-line-strong bg-panel px-2.5 text-muted text-sm hover:border-edge max-md:size-10 max-md:justify-center max-md:border-transparent max-md:bg-transparent max-md:px-0"
      >
        <span className="max-md:sr-only">Search or jump to…</span>
        <Kbd aria-hidden="true" className="max-md:hidden">
          Ctrl K
        </Kbd>
        <Search aria-hidden="true" className="size-5 md:hidden" />
      </button>
      {wasOpened ? <CommandPalette {...sources} open={isOpen} onOpenChange={setOpen} /> : null}
    </>
  );
}
