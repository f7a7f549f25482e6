'use client';

import { memo } from 'react';
import { buttonVariants } from '@/components/ui/button-variants';
import { useOnDemand } from '@/components/ui/use-on-demand';
import type { TablePreference } from '@/lib/domain/people/preferences';

const loadBox = () => import('./columns-menu-box').then((file) => file.ColumnsMenuBox);
const button = { className: buttonVariants({ variant: 'ghost' }), children: 'Columns' };

export interface ColumnsMenuProps {
  preference: TablePreference;
  onChange: (preference: TablePreference) => void;
}

/** Which columns are shown, and in which order; kept for the person, and loaded when someone reaches for it. */
export const ColumnsMenu = memo(function ColumnsMenu(props: ColumnsMenuProps) {
  const { Loaded: Box, reach, open } = useOnDemand(loadBox);
  if (Box) return <Box {...props} button={button} />;
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
});
