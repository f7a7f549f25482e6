'use client';

import { ChevronDown } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { cn } from '@/lib/utils/cn';
import { formatDayRange, formatDayYear } from '@/lib/utils/format-date';
import { buttonVariants } from './button-variants';
import type { DayRange } from './calendar-days';
import { Popover } from './popover';

const Calendar = dynamic(() => import('./calendar').then((module) => module.Calendar), {
  ssr: false,
  loading: () => <div className="h-[260px] w-[252px]" />,
});

export interface DateRangePickerProps {
  /** UTC days, both included. */
  value: DayRange;
  onValueChange: (range: DayRange) => void;
  min: string;
  max: string;
  today: string;
  label?: string;
  className?: string;
}

/** First pick is the start, second the end; picked in either order. The calendar is loaded when opened. */
export function DateRangePicker(props: DateRangePickerProps) {
  const { value, onValueChange, min, max, today, label = 'Date range', className } = props;
  const [isOpen, setIsOpen] = useState(false);
  const [start, setStart] = useState<string | null>(null);
  const shown = start === null ? value : { from: start, to: start };

  function changeOpen(open: boolean) {
    setIsOpen(open);
    setStart(null);
  }

  function pick(day: string) {
    if (start === null) {
      setStart(day);
      return;
    }
    onValueChange(day < start ? { from: day, to: start } : { from: start, to: day });
    changeOpen(false);
  }

  return (
    <Popover
      label={label}
      open={isOpen}
      onOpenChange={changeOpen}
      keepsFocus
      className="w-auto"
      button={{
        'aria-label': `${label}: ${formatDayRange(value.from, value.to)}`,
        className: cn(buttonVariants({ variant: 'secondary' }), 'font-normal text-muted', className),
        children: (
          <>
            {formatDayRange(value.from, value.to)}
            <ChevronDown aria-hidden="true" className="size-3.5" />
          </>
        ),
      }}
    >
      <Calendar range={shown} min={min} max={max} today={today} onDayPick={pick} />
      <p aria-live="polite" className="mt-2 border-line border-t pt-2 text-muted text-xs">
        {start === null
          ? 'Pick the first day. Days are UTC days.'
          : `${formatDayYear(start)} – pick the last day`}
      </p>
    </Popover>
  );
}
