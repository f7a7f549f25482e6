'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { Button } from '@/components/ui/button';
import { CheckboxField } from '@/components/ui/checkbox';
import { PopoverBox } from '@/components/ui/popover-box';
import {
  DEFAULT_KEY_COLUMNS,
  keyColumn,
  moveKeyColumn,
  orderedKeyColumns,
  toggleKeyColumn,
} from '@/lib/domain/keys/key-columns';
import type { TablePreference } from '@/lib/domain/people/preferences';

export interface ColumnsMenuBoxProps {
  preference: TablePreference;
  onChange: (preference: TablePreference) => void;
  button: ComponentProps<'button'>;
}

/** Loaded by `ColumnsMenu`, and open at first. */
export function ColumnsMenuBox({ preference, onChange, button }: ColumnsMenuBoxProps) {
  const [isOpen, setIsOpen] = useState(true);
  const order = orderedKeyColumns(preference);
  return (
    <PopoverBox
      label="Columns"
      open={isOpen}
      onOpenChange={setIsOpen}
      align="end"
      className="w-72"
      button={button}
    >
      <ul className="flex flex-col">
        {order.map((id, at) => {
          const { label } = keyColumn(id);
          const isName = id === 'name';
          return (
            <li key={id} className="flex min-h-8 items-center gap-1">
              <CheckboxField
                className="flex-1"
                label={label}
                checked={isName || !preference.hidden.includes(id)}
                disabled={isName}
                onChange={() => onChange(toggleKeyColumn(preference, id))}
              />
              {isName ? null : (
                <>
                  <Button
                    variant="ghost"
                    size="icon"
                    className="size-7"
                    aria-label={`Move ${label} forward`}
                    disabled={at <= 1}
                    onClick={() => onChange(moveKeyColumn(preference, id, -1))}
                  >
                    <ArrowUp aria-hidden="true" className="size-3.5" />
                  </Button>
                  <Button
                    variant="ghost"
                    size="icon"
                    className="size-7"
                    aria-label={`Move ${label} back`}
                    disabled={at === order.length - 1}
                    onClick={() => onChange(moveKeyColumn(preference, id, 1))}
                  >
                    <ArrowDown aria-hidden="true" className="size-3.5" />
                  </Button>
                </>
              )}
            </li>
          );
        })}
      </ul>
      <Button
        variant="link"
        size="sm"
        className="mt-2"
        onClick={() =>
          onChange({ order: [...DEFAULT_KEY_COLUMNS.order], hidden: [...DEFAULT_KEY_COLUMNS.hidden] })
        }
      >
        Back to the usual columns
      </Button>
    </PopoverBox>
  );
}
