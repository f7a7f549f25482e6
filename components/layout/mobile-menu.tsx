'use client';

import { Menu } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { useOnDemand } from '@/components/ui/use-on-demand';
import type { MobileMenuProps } from './mobile-menu-props';

const loadBox = () => import('./mobile-menu-box').then((file) => file.MobileMenuBox);

/** The navigation of small screens: folded behind one button, and loaded when someone reaches for it. */
export function MobileMenu(props: MobileMenuProps) {
  const { Loaded: Box, reach, open } = useOnDemand(loadBox);
  const button = {
    variant: 'ghost',
    size: 'icon',
    'aria-label': 'Open menu',
    className: '-ml-2 size-10 md:hidden',
    children: <Menu aria-hidden="true" className="size-5" />,
  } as const;
  if (Box) return <Box {...props} trigger={<Button {...button} />} />;
  return (
    <Button
      {...button}
      aria-haspopup="dialog"
      aria-expanded={false}
      onPointerEnter={reach}
      onFocus={reach}
      onClick={() => open()}
    />
  );
}
