import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { Badge } from '@/components/ui/badge';
import { cn } from '@/lib/utils/cn';
import { groupNavItems, type NavItem } from './nav-items';

interface NavListProps {
  items: readonly NavItem[];
  activeHref: string | null;
  onNavigate?: () => void;
}

export function NavList({ items, activeHref, onNavigate }: NavListProps) {
  return (
    <nav aria-label="Main" className="flex flex-col">
      {groupNavItems(items).map((section) => (
        <div key={section.title ?? ''}>
          {section.title ? <h2 className="px-2.5 pt-5 pb-1.5 text-2xs text-muted">{section.title}</h2> : null}
          <ul className="flex flex-col gap-px">
            {section.items.map((item) => (
              <li key={item.href}>
                <NavLink item={item} isActive={item.href === activeHref} onNavigate={onNavigate} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

interface NavLinkProps {
  item: NavItem;
  isActive: boolean;
  onNavigate: (() => void) | undefined;
}

/** Loads its page ahead when pointed at, not when drawn: a cold page asks for nothing it may not need. */
function NavLink({ item, isActive, onNavigate }: NavLinkProps) {
  const router = useRouter();
  const loadAhead = () => router.prefetch(item.href);
  return (
    <Link
      href={item.href}
      prefetch={false}
      onMouseEnter={loadAhead}
      onFocus={loadAhead}
      onClick={onNavigate}
      aria-current={isActive ? 'page' : undefined}
      className={cn(
        'flex h-8 items-center gap-2 rounded-control border px-2.5 text-sm max-md:h-10',
        isActive
          ? 'border-line bg-panel text-ink'
          : 'border-transparent text-muted hover:bg-line/50 hover:text-ink',
      )}
    >
      {item.icon}
      <span className="min-w-0 truncate">{item.label}</span>
      {item.badge ? (
        <Badge tone="warn" shape="count" className="ml-auto">
          {item.badge}
          {item.badgeLabel ? <span className="sr-only"> {item.badgeLabel}</span> : null}
        </Badge>
      ) : null}
    </Link>
  );
}
