'use client';

import { type ComponentProps, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';

/** For a management key: hidden unless asked for, and kept from the browser's own store of passwords. */
export function ManagementKeyInput(props: Omit<ComponentProps<'input'>, 'type' | 'autoComplete'>) {
  const [isShown, setIsShown] = useState(false);
  return (
    <div className="flex gap-2">
      <Input
        {...props}
        type={isShown ? 'text' : 'password'}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        data-1p-ignore
        data-lpignore="true"
        className="font-mono"
      />
      <Button
        aria-pressed={isShown}
        aria-label="Show management key"
        onClick={() => setIsShown((shown) => !shown)}
        className="max-sm:h-10"
      >
        {isShown ? 'Hide' : 'Show'}
      </Button>
    </div>
  );
}
