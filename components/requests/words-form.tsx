'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { Textarea } from '@/components/ui/textarea';
import { outcomeErrorOf } from '@/lib/client/outcome';

interface WordsFormProps {
  label: string;
  action: string;
  variant?: 'primary' | 'secondary' | 'danger';
  /** Whether something must be written. */
  needed?: boolean;
  pending: boolean;
  error: unknown;
  onSubmit: (words: string) => Promise<unknown>;
  onCancel?: () => void;
}

/** A sentence and one button. */
export function WordsForm(props: WordsFormProps) {
  const { label, action, variant = 'primary', needed = true, pending, error, onSubmit, onCancel } = props;
  const [words, setWords] = useState('');
  const [isTried, setTried] = useState(false);
  const isMissing = needed && words.trim() === '';

  async function submit() {
    setTried(true);
    if (isMissing) return;
    await onSubmit(words);
    setWords('');
    setTried(false);
  }

  return (
    <form
      noValidate
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        // Told below by the mutation's own error.
        void submit().catch(() => undefined);
      }}
    >
      <Field
        label={label}
        {...(needed ? {} : { note: 'optional' })}
        error={isTried && isMissing ? 'Write a sentence.' : undefined}
      >
        <Textarea
          rows={2}
          value={words}
          maxLength={1_000}
          onChange={({ target }) => setWords(target.value)}
        />
      </Field>
      {error ? (
        <Notice tone="bad" live="assertive">
          {outcomeErrorOf(error).message}
        </Notice>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant={variant} pending={pending}>
          {action}
        </Button>
        {onCancel ? <Button onClick={onCancel}>Cancel</Button> : null}
      </div>
    </form>
  );
}
