'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { useResolveIncident } from '@/lib/client/incidents';
import { fieldErrorsOf, outcomeErrorOf } from '@/lib/client/outcome';

/** Closes an incident with what the person found. */
export function ResolveForm({ incidentId }: { incidentId: string }) {
  const [resolution, setResolution] = useState('');
  const resolve = useResolveIncident();
  const fault = fieldErrorsOf(resolve.error).resolution?.join(' ');
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        resolve.mutate({ incidentId, resolution });
      }}
    >
      <div className="flex flex-wrap items-end gap-2">
        <Field label="What you found or did" error={fault} className="min-w-60 flex-1">
          <Input
            value={resolution}
            maxLength={500}
            autoComplete="off"
            onChange={(event) => setResolution(event.target.value)}
          />
        </Field>
        <Button
          type="submit"
          disabled={resolution.trim() === ''}
          pending={resolve.isPending}
          pendingText="Closing…"
        >
          Close incident
        </Button>
      </div>
      {resolve.error && !fault ? (
        <Notice tone="bad" live="assertive" title="It was not closed.">
          {outcomeErrorOf(resolve.error).message}
        </Notice>
      ) : null}
    </form>
  );
}
