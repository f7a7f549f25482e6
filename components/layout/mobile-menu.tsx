'use client';

import { Menu } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Sheet, SheetContent, SheetHeader, SheetTrigger } from '@/components/ui/sheet';
import type { NavItem } from './nav-items';
import { NavList } from './nav-list';
import { UserMenu, type UserMenuProps } from './user-menu';

interface MobileMenuProps extends UserMenuProps {
  items: readonly NavItem[];
  activeHref: string | null;
}

/** The navigation of small screens: folded behind one button. */
export function MobileMenu({ items, activeHref, ...user }: MobileMenuProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Sheet open={isOpen} onOpenChange={setIsOpen}>
      <SheetTrigger asChild>
        <Button variant="ghost" size="icon" aria-label="Open menu" className="-ml-2 size-10 md:hidden">
          <Menu aria-hidden="true" className="size-5" />
        </Button>
      </SheetTrigger>
      <SheetContent side="left" aria-describedby={undefined} className="bg-sunk">
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
