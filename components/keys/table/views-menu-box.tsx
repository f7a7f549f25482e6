'use client';

import { Pencil, Trash2 } from 'lucide-react';
import { type ComponentProps, type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { PopoverBox } from '@/components/ui/popover-box';
import { fieldErrorsOf, outcomeErrorOf } from '@/lib/client/outcome';
import { useCreateView, useDeleteView, useUpdateView } from '@/lib/client/views';
import type { SavedView } from '@/lib/domain/views/saved-view';
import { cn } from '@/lib/utils/cn';

interface NameFormProps {
  label: string;
  button: string;
  initial?: string;
  isPending: boolean;
  error: unknown;
  onSubmit: (name: string) => void;
}

function NameForm({ label, button, initial = '', isPending, error, onSubmit }: NameFormProps) {
  const [name, setName] = useState(initial);
  const message = error ? (fieldErrorsOf(error).name?.[0] ?? outcomeErrorOf(error).message) : null;
  function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim() !== '') onSubmit(name.trim());
  }
  return (
    <form onSubmit={submit} className="flex items-end gap-2">
      <Field label={label} error={message} className="flex-1">
        <Input value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Button type="submit" pending={isPending} disabled={name.trim() === ''}>
        {button}
      </Button>
    </form>
  );
}

interface ViewLineProps {
  view: SavedView;
  isShown: boolean;
  onApply: () => void;
  onRename: () => void;
}

function ViewLine({ view, isShown, onApply, onRename }: ViewLineProps) {
  const remove = useDeleteView();
  return (
    <li className="flex items-center">
      <button
        type="button"
        aria-current={isShown || undefined}
        onClick={onApply}
        className={cn(
          'min-w-0 flex-1 truncate rounded-control px-2 py-1.5 text-left hover:bg-sunk',
          isShown && 'font-semibold text-accent',
        )}
      >
        {view.name}
      </button>
      <Button variant="ghost" size="icon" aria-label={`Rename view ${view.name}`} onClick={onRename}>
        <Pencil aria-hidden="true" className="size-3.5" />
      </Button>
      <Button
        variant="ghost"
        size="icon"
        aria-label={`Delete view ${view.name}`}
        pending={remove.isPending}
        onClick={() => remove.mutate({ viewId: view.id })}
      >
        <Trash2 aria-hidden="true" className="size-3.5" />
      </Button>
    </li>
  );
}

export interface ViewsMenuBoxProps {
  views: readonly SavedView[];
  /** The address of what is shown. */
  query: string;
  onApply: (query: string) => void;
  button: ComponentProps<'button'>;
}

/** Loaded by `ViewsMenu`, and open at first. */
export function ViewsMenuBox({ views, query, onApply, button }: ViewsMenuBoxProps) {
  const [isOpen, setIsOpen] = useState(true);
  const [appliedId, setAppliedId] = useState<string | null>(null);
  const [renamedId, setRenamedId] = useState<string | null>(null);
  const create = useCreateView();
  const update = useUpdateView();
  const shown = views.find((view) => view.query === query);
  const applied = views.find(({ id }) => id === appliedId);

  function apply(view: SavedView) {
    setAppliedId(view.id);
    onApply(view.query);
    setIsOpen(false);
  }
  function rename(view: SavedView, name: string) {
    update.mutate({ viewId: view.id, name }, { onSuccess: () => setRenamedId(null) });
  }

  return (
    <PopoverBox
      label="Saved views"
      open={isOpen}
      onOpenChange={setIsOpen}
      align="end"
      className="flex w-80 flex-col gap-3"
      button={button}
    >
      {views.length === 0 ? (
        <p className="text-muted text-sm">Filters and sorting you come back to. Only you see your views.</p>
      ) : (
        <ul className="-m-1.5 flex flex-col">
          {views.map((view) =>
            view.id === renamedId ? (
              <li key={view.id} className="p-1.5">
                <NameForm
                  label={`New name of ${view.name}`}
                  button="Rename"
                  initial={view.name}
                  isPending={update.isPending}
                  error={update.error}
                  onSubmit={(name) => rename(view, name)}
                />
              </li>
            ) : (
              <ViewLine
                key={view.id}
                view={view}
                isShown={view.id === shown?.id}
                onApply={() => apply(view)}
                onRename={() => {
                  update.reset();
                  setRenamedId(view.id);
                }}
              />
            ),
          )}
        </ul>
      )}
      {applied && applied.query !== query ? (
        <Button
          pending={update.isPending}
          onClick={() => update.mutate({ viewId: applied.id, query })}
          className="w-full"
        >
          Keep what is shown as “{applied.name}”
        </Button>
      ) : null}
      {shown ? null : (
        <NameForm
          key={views.length}
          label="Save what is shown as"
          button="Save"
          isPending={create.isPending}
          error={create.error}
          onSubmit={(name) =>
            create.mutate({ page: 'keys', name, query }, { onSuccess: (view) => setAppliedId(view.id) })
          }
        />
      )}
    </PopoverBox>
  );
}
