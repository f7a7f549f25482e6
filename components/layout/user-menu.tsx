'use client';

import { useOnDemand } from '@/components/ui/use-on-demand';
import type { UserMenuProps } from './user-menu-props';

const loadBox = () => import('./user-menu-box').then((file) => file.UserMenuBox);

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? '';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return `${first}${last}`.toUpperCase();
}

/** Who I am; the menu is loaded when someone reaches for it. */
export function UserMenu(props: UserMenuProps) {
  const { user } = props;
  const { Loaded: Box, reach, open } = useOnDemand(loadBox);
  const button = {
    type: 'button',
    className: 'flex w-full items-center gap-2.5 rounded-control p-2 text-left hover:bg-line/50',
    children: (
      <>
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
      </>
    ),
  } as const;
  if (Box) return <Box {...props} button={button} />;
  return (
    <button
      {...button}
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={reach}
      onFocus={reach}
      onClick={() => open()}
    />
  );
}
