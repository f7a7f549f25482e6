'use client';

import { memo, useEffect, useRef } from 'react';
import { Input } from '@/components/ui/input';

export interface SearchBoxProps {
  value: string;
  onChange: (q: string) => void;
  /** Arrow down leads from the box into the rows. */
  onLeave: () => void;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}

/** `/` from anywhere on the page leads here. */
export const SearchBox = memo(function SearchBox({ value, onChange, onLeave }: SearchBoxProps) {
  const ref = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const focusOnSlash = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      // Checkboxes are inputs too, but nothing is typed into them.
      const isBox = event.target instanceof HTMLInputElement && event.target.type === 'checkbox';
      if ((isTyping(event.target) && !isBox) || document.querySelector('[role=dialog],[role=alertdialog]'))
        return;
      event.preventDefault();
      ref.current?.focus();
      ref.current?.select();
    };
    window.addEventListener('keydown', focusOnSlash);
    return () => window.removeEventListener('keydown', focusOnSlash);
  }, []);

  return (
    <Input
      ref={ref}
      type="search"
      aria-label="Filter keys"
      aria-keyshortcuts="/"
      placeholder="Filter by name, owner, label…"
      autoComplete="off"
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && value !== '') {
          event.preventDefault();
          onChange('');
        } else if (event.key === 'ArrowDown') {
          event.preventDefault();
          onLeave();
        }
      }}
      className="w-[200px] shrink-0 max-md:w-full"
    />
  );
});
