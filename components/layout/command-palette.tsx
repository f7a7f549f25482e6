'use client';

import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Dialog, DialogContent, DialogHeader } from '@/components/ui/dialog';
import type { CommandSources, PaletteCommand } from './command-types';
import { type KeySearch, useKeySearch } from './use-key-search';

export interface CommandPaletteProps extends CommandSources {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

const itemClasses =
  'flex min-h-9 cursor-pointer items-center justify-between gap-4 rounded-control px-2.5 py-1 text-sm data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent';
const groupClasses =
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-muted [&_[cmdk-group-heading]]:text-2xs';

function matches(command: PaletteCommand, query: string): boolean {
  const text = [command.label, command.hint ?? '', ...(command.keywords ?? [])].join(' ').toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function firstValue(
  keys: KeySearch,
  commands: readonly PaletteCommand[],
  pages: readonly PaletteCommand[],
): string {
  if (keys.results[0]) return `key:${keys.results[0].id}`;
  if (commands[0]) return `Commands:${commands[0].id}`;
  return pages[0] ? `Pages:${pages[0].id}` : '';
}

/** Pages, commands and keys by name, all from the keyboard. */
export function CommandPalette({ open, onOpenChange, commands, pages, searchKeys }: CommandPaletteProps) {
  const [query, setQuery] = useState('');
  const router = useRouter();
  const keys = useKeySearch(query, searchKeys);
  const foundCommands = commands.filter((item) => matches(item, query));
  const foundPages = pages.filter((item) => matches(item, query));
  const first = firstValue(keys, foundCommands, foundPages);
  const [selected, setSelected] = useState(first);

  // Keys arrive after commands and stand above them: Enter must take what stands first.
  useEffect(() => setSelected(first), [first]);

  function changeOpen(next: boolean) {
    onOpenChange(next);
    if (!next) setQuery('');
  }

  function run(command: Pick<PaletteCommand, 'href' | 'onSelect'>) {
    changeOpen(false);
    command.onSelect?.();
    if (command.href) router.push(command.href);
  }

  return (
    <Dialog open={open} onOpenChange={changeOpen}>
      <DialogContent hideClose aria-describedby={undefined} className="max-w-[560px] self-start sm:mt-[12vh]">
        <DialogHeader title="Search or jump to" className="sr-only" />
        <Command
          value={selected}
          onValueChange={setSelected}
          shouldFilter={false}
          label="Search or jump to"
          className="flex min-h-0 flex-col"
        >
          <Command.Input
            value={query}
            onValueChange={setQuery}
            placeholder="Key, page or command"
            className="h-12 w-full border-line border-b bg-transparent px-4 text-base outline-none"
          />
          <Command.List className="max-h-[380px] overflow-y-auto p-1.5" label="Results">
            <KeyGroup keys={keys} onPick={(href) => run({ href })} />
            <CommandGroup heading="Commands" items={foundCommands} onPick={run} />
            <CommandGroup heading="Pages" items={foundPages} onPick={run} />
            {keys.state === 'searching' ? null : (
              <Command.Empty className="px-2.5 py-6 text-center text-muted">
                {keys.state === 'failed'
                  ? 'Keys could not be searched. Try again in a moment.'
                  : `Nothing is called “${query.trim()}”.`}
              </Command.Empty>
            )}
          </Command.List>
        </Command>
      </DialogContent>
    </Dialog>
  );
}

function KeyGroup({ keys, onPick }: { keys: KeySearch; onPick: (href: string) => void }) {
  if (keys.results.length === 0) return null;
  return (
    <Command.Group heading="Keys" className={groupClasses}>
      {keys.results.map((key) => (
        <Command.Item
          key={key.id}
          value={`key:${key.id}`}
          onSelect={() => onPick(key.href)}
          className={itemClasses}
        >
          <span className="min-w-0 truncate font-semibold">{key.name}</span>
          {key.detail ? <span className="shrink-0 text-muted text-xs">{key.detail}</span> : null}
        </Command.Item>
      ))}
    </Command.Group>
  );
}

interface CommandGroupProps {
  heading: string;
  items: readonly PaletteCommand[];
  onPick: (command: PaletteCommand) => void;
}

function CommandGroup({ heading, items, onPick }: CommandGroupProps) {
  if (items.length === 0) return null;
  return (
    <Command.Group heading={heading} className={groupClasses}>
      {items.map((item) => (
        <Command.Item
          key={item.id}
          value={`${heading}:${item.id}`}
          onSelect={() => onPick(item)}
          className={itemClasses}
        >
          <span className="min-w-0 truncate">{item.label}</span>
          {item.hint ? <span className="shrink-0 text-muted text-xs">{item.hint}</span> : null}
        </Command.Item>
      ))}
    </Command.Group>
  );
}
