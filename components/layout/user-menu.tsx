'use client';

import Link from 'next/link';
import { useTheme } from 'next-themes';
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

export interface ShellUser {
  name: string;
  /** Role in words: "Admin". */
  role: string;
  email?: string;
}

export interface UserMenuProps {
  user: ShellUser;
  accountHref: string;
  /** A client function or a server action. */
  onSignOut: () => void | Promise<void>;
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? '';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return `${first}${last}`.toUpperCase();
}

export function UserMenu({ user, accountHref, onSignOut }: UserMenuProps) {
  const { theme, setTheme } = useTheme();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger className="flex w-full items-center gap-2.5 rounded-control p-2 text-left hover:bg-line/50">
        <span
          aria-hidden="true"
          className="inline-flex size-6.5 shrink-0 items-center justify-center rounded-full bg-accent-soft font-bold text-2xs text-accent"
        >
          {initials(user.name)}
        </span>
        <span className="min-w-0">
          <span className="block truncate font-semibold">{user.name}</span>
          <span className="block truncate text-muted text-xs">{user.role}</span>
        </span>
      </DropdownMenuTrigger>
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
