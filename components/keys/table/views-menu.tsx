'use client';

import { useQuery } from '@tanstack/react-query';
import { buttonVariants } from '@/components/ui/button-variants';
import { useOnDemand } from '@/components/ui/use-on-demand';
import { viewsQuery } from '@/lib/client/views';
import type { SavedView } from '@/lib/domain/views/saved-view';

const loadBox = () => import('./views-menu-box').then((file) => file.ViewsMenuBox);
const LOOK = buttonVariants({ variant: 'ghost' });

export interface ViewsMenuProps {
  initialViews: readonly SavedView[];
  /** The address of what is shown. */
  query: string;
  onApply: (query: string) => void;
}

/** Filters and sorting kept under a name, for oneself; loaded when someone reaches for it. */
export function ViewsMenu({ initialViews, query, onApply }: ViewsMenuProps) {
  const { data: views } = useQuery(viewsQuery('keys', initialViews));
  const { Loaded: Box, reach, open } = useOnDemand(loadBox);
  const shown = views.find((view) => view.query === query);
  const button = { className: LOOK, children: shown ? `View: ${shown.name}` : 'Views' };
  if (Box) return <Box views={views} query={query} onApply={onApply} button={button} />;
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-expanded={false}
      {...button}
      onPointerEnter={reach}
      onFocus={reach}
      onClick={() => open()}
    />
  );
}
