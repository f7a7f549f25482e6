import type { NavItem } from './nav-items';
import type { UserMenuProps } from './user-menu-props';

export interface MobileMenuProps extends UserMenuProps {
  items: readonly NavItem[];
  activeHref: string | null;
}
