'use client';

import type { PopoverProps } from './popover-props';
import { useOnDemand } from './use-on-demand';

const loadBox = () => import('./popover-box').then((file) => file.PopoverBox);

/** A button and what opens on it; the code of the latter is loaded when someone reaches for the button. */
export function Popover(props: PopoverProps) {
  const { Loaded: Box, reach, open } = useOnDemand(loadBox);
  if (Box) return <Box {...props} />;
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-expanded={false}
      {...props.button}
      onPointerEnter={reach}
      onFocus={reach}
      onClick={() => open(() => props.onOpenChange(true))}
    />
  );
}
