'use client';

import { type ReactNode, useState } from 'react';
import { Sheet, SheetContent, SheetHeader, SheetTrigger } from '@/components/ui/sheet';
import type { MobileMenuProps } from './mobile-menu-props';
import { NavList } from './nav-list';
import { UserMenu } from './user-menu';

interface MobileMenuBoxProps extends MobileMenuProps {
  trigger: ReactNode;
}

/** Links are no first stop by themselves: one would start at the foot of the menu. */
function startAtPage(event: Event) {
  const { target } = event;
  const links = target instanceof HTMLElement ? [...target.querySelectorAll('nav a')] : [];
  const start = links.find((link) => link.hasAttribute('aria-current')) ?? links[0];
  if (!(start instanceof HTMLElement)) return;
  event.preventDefault();
  start.focus();
}

/** Loaded by `MobileMenu`. */
export function MobileMenuBox({ items, activeHref, trigger, ...user }: MobileMenuBoxProps) {
  const [isOpen, setIsOpen] = useState(true);
  return (
    <Sheet open={isOpen} onOpenChange={setIsOpen}>
      <SheetTrigger asChild>{trigger}</SheetTrigger>
      <SheetContent
        side="left"
        aria-describedby={undefined}
        className="bg-sunk"
        onOpenAutoFocus={startAtPage}
      >
        <SheetHeader title="Menu" className="px-4" />
        <div className="min-h-0 flex-1 overflow-y-auto px-2.5 py-2">
          <NavList items={items} activeHref={activeHref} onNavigate={() => setIsOpen(false)} />
        </div>
        <div className="border-line border-t p-2.5">
          <UserMenu {...user} />
        </div>
      </SheetContent>
    </Sheet>
  );
}
