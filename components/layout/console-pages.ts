import { type Permission, reachOf } from '@/lib/domain/people/permission';
import type { Role } from '@/lib/domain/people/role';
import type { PaletteCommand } from './command-types';
import type { NavItem } from './nav-items';

type ConsolePage = NavItem & {
  readonly permission: Permission;
  /** Drawn for these roles alone. */
  readonly roles?: readonly Role[];
};

const pages: readonly ConsolePage[] = [
  { href: '/', label: 'Overview', permission: 'overview.read', roles: ['admin', 'finance'] },
  { href: '/team', label: 'My team', permission: 'teams.read', roles: ['lead'] },
  { href: '/keys', label: 'Keys', permission: 'keys.read' },
  { href: '/spend', label: 'Spend', permission: 'spend.read' },
  { href: '/hand-overs', label: 'Hand-overs', permission: 'keys.create' },
  { href: '/teams', label: 'Teams', permission: 'teams.read' },
  { href: '/requests', label: 'Requests', permission: 'requests.read' },
  { href: '/changes', label: 'Changes', permission: 'audit.read' },
  { href: '/drift', label: 'Drift', permission: 'audit.read' },
  { href: '/audit', label: 'Audit', permission: 'audit.read' },
  { href: '/connections', label: 'Connections', permission: 'connections.read', section: 'Organization' },
  { href: '/members', label: 'Members', permission: 'members.read', section: 'Organization' },
  {
    href: '/settings/requests',
    label: 'Rules of asking',
    permission: 'request-rules.write',
    section: 'Organization',
  },
  {
    href: '/settings/webhooks',
    label: 'Webhooks',
    permission: 'webhooks.write',
    section: 'Organization',
  },
];

const commands: readonly (PaletteCommand & { readonly permission: Permission })[] = [
  {
    id: 'create-key',
    label: 'Create key',
    href: '/keys?create=1',
    permission: 'keys.create',
    keywords: ['new'],
  },
  {
    id: 'ask',
    label: 'Ask for a limit or a key',
    href: '/requests/new',
    permission: 'requests.create',
    keywords: ['request', 'more', 'raise'],
  },
  {
    id: 'add-connection',
    label: 'Add connection',
    href: '/connections/new',
    permission: 'connections.write',
    keywords: ['connect', 'provider', 'management key'],
  },
  {
    id: 'invite',
    label: 'Invite a person',
    href: '/members?invite=1',
    permission: 'members.write',
    keywords: ['user', 'member', 'add'],
  },
];

function isOpenTo(role: Role) {
  return ({ permission, roles }: Pick<ConsolePage, 'permission' | 'roles'>) =>
    reachOf(role, permission) !== null && (roles?.includes(role) ?? true);
}

/** What waits on a page, by its address. */
export type NavCounts = Readonly<Record<string, number>>;

/** The navigation of a role; a hint of what it may open, never the check. */
export function consoleNav(role: Role, waiting: NavCounts = {}): readonly NavItem[] {
  return pages.filter(isOpenTo(role)).map((page) => {
    const count = waiting[page.href];
    return count ? { ...page, badge: count, badgeLabel: 'waiting for a decision' } : page;
  });
}

export function consolePages(role: Role): readonly PaletteCommand[] {
  const open = pages.filter(isOpenTo(role)).map(({ href, label }) => ({ id: href, label, href }));
  return [
    ...open,
    { id: '/notifications', label: 'Notifications', href: '/notifications', keywords: ['bell', 'unread'] },
    { id: '/account', label: 'My account', href: '/account', keywords: ['password', 'sessions'] },
  ];
}

export function consoleCommands(role: Role): readonly PaletteCommand[] {
  return commands.filter(isOpenTo(role));
}
