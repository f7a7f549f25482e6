import type { ReactNode } from 'react';

export interface NavItem {
  href: string;
  label: string;
  icon?: ReactNode;
  /** A count that waits for the person; `badgeLabel` says of what. */
  badge?: number | string | null;
  badgeLabel?: string;
  /** Heading over the group; items without one come first. */
  section?: string;
}

export interface NavSection {
  title: string | null;
  items: NavItem[];
}

/** Groups items under their headings, in the order the headings first appear. */
export function groupNavItems(items: readonly NavItem[]): NavSection[] {
  const sections = new Map<string | null, NavItem[]>();
  for (const item of items) {
    const title = item.section ?? null;
    const group = sections.get(title) ?? [];
    group.push(item);
    sections.set(title, group);
  }
  return [...sections].map(([title, group]) => ({ title, items: group }));
}

/** The item a path belongs to: the longest address that the path equals or lies under. */
export function findActiveItem(items: readonly NavItem[], pathname: string): NavItem | null {
  let active: NavItem | null = null;
  for (const item of items) {
    const isWithin = pathname === item.href || (item.href !== '/' && pathname.startsWith(`${item.href}/`));
    if (isWithin && (active === null || item.href.length > active.href.length)) active = item;
  }
  return active;
}
