'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { BrandMark } from './brand-mark';
import { FocusKeeper } from './focus-keeper';
import { MobileMenu } from './mobile-menu';
import { findActiveItem, type NavItem } from './nav-items';
import { NavList } from './nav-list';
import { UserMenu } from './user-menu';
import type { ShellUser } from './user-menu-props';

export interface ConsoleShellProps {
  nav: readonly NavItem[];
  user: ShellUser;
  accountHref: string;
  /** A client function or a server action. */
  onSignOut: () => void | Promise<void>;
  /** `<Freshness …/>`: how old what one sees is. */
  freshness: ReactNode;
  /** `<CommandSearch …/>`: opens the palette. */
  search: ReactNode;
  /** `<Bell …/>`: what is unread. */
  bell: ReactNode;
  children: ReactNode;
}

/** What the header says on pages that the navigation does not name. */
const titles: ReadonlyMap<string, string> = new Map([
  ['/account', 'My account'],
  ['/notifications', 'Notifications'],
]);

/** Navigation, header and the page. Draws; authorizes nothing. */
export function ConsoleShell({
  nav,
  user,
  accountHref,
  onSignOut,
  freshness,
  search,
  bell,
  children,
}: ConsoleShellProps) {
  const pathname = usePathname();
  const active = findActiveItem(nav, pathname);
  const account = { user, accountHref, onSignOut };
  const title = active?.label ?? titles.get(pathname) ?? 'Keyward';

  return (
    <div className="flex min-h-dvh max-md:flex-col">
      <FocusKeeper />
      <a
        href="#main"
        className="-translate-y-16 fixed top-2 left-2 z-50 rounded-control bg-accent px-3 py-2 font-semibold text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      <aside className="sticky top-0 flex h-dvh w-[216px] shrink-0 flex-col border-line border-r bg-sunk px-2.5 pt-3.5 pb-3 max-md:hidden">
        <Link
          href="/"
          prefetch={false}
          className="mb-2.5 flex items-center gap-2 rounded-control px-2 py-0.5 font-semibold text-base"
        >
          <BrandMark />
          Keyward
        </Link>
        <div className="min-h-0 flex-1 overflow-y-auto">
          <NavList items={nav} activeHref={active?.href ?? null} />
        </div>
        <div className="border-line border-t pt-2">
          <UserMenu {...account} />
        </div>
      </aside>
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="sticky top-0 z-30 flex min-h-12 flex-wrap items-center gap-x-3 border-line border-b bg-paper px-5.5 max-md:px-4">
          <MobileMenu items={nav} activeHref={active?.href ?? null} {...account} />
          <span className="min-w-0 truncate font-semibold">{title}</span>
          <div className="max-md:order-2 max-md:w-full max-md:pb-2 md:ml-auto">{freshness}</div>
          <div className="flex items-center gap-1 max-md:ml-auto">
            {search}
            {bell}
          </div>
        </header>
        <main id="main" tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none">
          {children}
        </main>
      </div>
    </div>
  );
}
