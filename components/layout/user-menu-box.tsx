'use client';

import Link from 'next/link';
import { useTheme } from 'next-themes';
import type { ComponentProps } from 'react';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';
import type { UserMenuProps } from './user-menu-props';

interface UserMenuBoxProps extends UserMenuProps {
  button: ComponentProps<'button'>;
}

/** Loaded by `UserMenu`. */
export function UserMenuBox({ user, accountHref, onSignOut, button }: UserMenuBoxProps) {
  const { theme, setTheme } = useTheme();
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger {...button} />
      <DropdownMenuContent side="top" align="start" className="w-52" aria-label="Account and appearance">
        {user.email ? <DropdownMenuLabel className="truncate">{user.email}</DropdownMenuLabel> : null}
        <DropdownMenuItem asChild>
          <Link href={accountHref}>My account</Link>
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>Appearance</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={theme ?? 'system'} onValueChange={setTheme}>
          <DropdownMenuRadioItem value="light">Light</DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="dark">Dark</DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="system">As the system</DropdownMenuRadioItem>
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => void onSignOut()}>Sign out</DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
