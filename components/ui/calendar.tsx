'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { cn } from '@/lib/utils/cn';
import { formatDayYear, formatMonth } from '@/lib/utils/format-date';
import { Button } from './button';
import { addMonths, clampDay, type DayRange, monthWeeks, moveDay, startOfMonth } from './calendar-days';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

export interface CalendarProps {
  range: DayRange;
  min: string;
  max: string;
  today: string;
  onDayPick: (day: string) => void;
}

/** One month of UTC days; arrows move, Enter picks, Page Up and Down turn the month. */
export function Calendar({ range, min, max, today, onDayPick }: CalendarProps) {
  const [focused, setFocused] = useState(() => clampDay(range.to, min, max));
  const gridRef = useRef<HTMLTableElement>(null);
  const movedByKey = useRef(true);
  const month = startOfMonth(focused);

  useEffect(() => {
    if (!movedByKey.current) return;
    movedByKey.current = false;
    gridRef.current?.querySelector<HTMLButtonElement>(`[data-day="${focused}"]`)?.focus();
  }, [focused]);

  function turn(months: number) {
    setFocused(clampDay(addMonths(focused, months), min, max));
  }

  function onKeyDown(event: KeyboardEvent) {
    const next = moveDay(focused, event.key);
    if (next === null) return;
    event.preventDefault();
    movedByKey.current = true;
    setFocused(clampDay(next, min, max));
  }

  return (
    <div className="w-[252px]">
      <div className="mb-1 flex items-center justify-between">
        <Button
          variant="ghost"
          size="icon"
          aria-label="Previous month"
          disabled={month <= startOfMonth(min)}
          onClick={() => turn(-1)}
        >
          <ChevronLeft aria-hidden="true" className="size-4" />
        </Button>
        <span aria-live="polite" className="font-semibold">
          {formatMonth(month)}
        </span>
        <Button
          variant="ghost"
          size="icon"
          aria-label="Next month"
          disabled={month >= startOfMonth(max)}
          onClick={() => turn(1)}
        >
          <ChevronRight aria-hidden="true" className="size-4" />
        </Button>
      </div>
      <table
        ref={gridRef}
        aria-label={formatMonth(month)}
        onKeyDown={onKeyDown}
        className="w-full border-collapse"
      >
        <thead>
          <tr>
            {WEEKDAYS.map((weekday) => (
              <th key={weekday} abbr={weekday} scope="col" className="h-7 font-normal text-2xs text-muted">
                {weekday.slice(0, 2)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {monthWeeks(month).map((week) => (
            <tr key={week.find((day) => day !== null)}>
              {week.map((day, index) => (
                <td key={day ?? WEEKDAYS[index]} className="p-0 text-center">
                  {day === null ? null : (
                    <DayButton
                      day={day}
                      range={range}
                      isToday={day === today}
                      isFocused={day === focused}
                      isDisabled={day < min || day > max}
                      onPick={() => {
                        setFocused(day);
                        onDayPick(day);
                      }}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface DayButtonProps {
  day: string;
  range: DayRange;
  isToday: boolean;
  isFocused: boolean;
  isDisabled: boolean;
  onPick: () => void;
}

function DayButton({ day, range, isToday, isFocused, isDisabled, onPick }: DayButtonProps) {
  const isEdge = day === range.from || day === range.to;
  const isWithin = day > range.from && day < range.to;
  return (
    <button
      type="button"
      data-day={day}
      tabIndex={isFocused ? 0 : -1}
      disabled={isDisabled}
      aria-pressed={isEdge || isWithin}
      aria-current={isToday ? 'date' : undefined}
      aria-label={`${formatDayYear(day)}${isToday ? ', today' : ''}`}
      onClick={onPick}
      className={cn(
        'h-8 w-full text-xs hover:bg-sunk focus-visible:outline-offset-[-2px] disabled:text-muted disabled:opacity-45',
        isWithin && 'bg-accent-soft text-accent',
        isEdge && 'rounded-control bg-accent font-semibold text-on-accent hover:bg-accent-strong',
        isToday && 'underline decoration-2 underline-offset-4',
      )}
    >
      {Number(day.slice(8))}
    </button>
  );
}
