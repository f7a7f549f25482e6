import { describe, expect, it } from 'vitest';
import { findActiveItem, groupNavItems, type NavItem } from './nav-items';

const items: NavItem[] = [
  { href: '/', label: 'Overview' },
  { href: '/keys', label: 'Keys' },
  { href: '/members', label: 'Members', section: 'Organization' },
  { href: '/keys/new', label: 'New' },
];

describe('findActiveItem', () => {
  it.each([
    ['/', 'Overview'],
    ['/keys', 'Keys'],
    ['/keys/abc', 'Keys'],
    ['/keys/new', 'New'],
    ['/keysmith', undefined],
    ['/elsewhere', undefined],
  ])('%s belongs to %s', (path, label) => {
    expect(findActiveItem(items, path)?.label).toBe(label);
  });
});

describe('groupNavItems', () => {
  it('keeps the order and puts items under their heading', () => {
    expect(groupNavItems(items).map((section) => [section.title, section.items.length])).toEqual([
      [null, 3],
      ['Organization', 1],
    ]);
  });
});
