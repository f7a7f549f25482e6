import type { FieldErrors, Outcome, OutcomeError } from '@/lib/domain/outcome';

/** A failed action or route, as hooks and forms see it. */
export class OutcomeFailure extends Error {
  readonly error: OutcomeError;

  constructor(error: OutcomeError) {
    super(error.message);
    this.name = 'OutcomeFailure';
    this.error = error;
  }
}

/** The data of an outcome; throws `OutcomeFailure` otherwise. */
export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.data;
  throw new OutcomeFailure(outcome.error);
}

/** What an error of any origin is told as. */
export function outcomeErrorOf(error: unknown): OutcomeError {
  if (error instanceof OutcomeFailure) return error.error;
  return { code: 'internal', message: 'Keyward could not be reached. Check the connection and try again.' };
}

export function fieldErrorsOf(error: unknown): FieldErrors {
  return outcomeErrorOf(error).fieldErrors ?? {};
}

/** Reads a JSON route; throws `OutcomeFailure` on a refusal and on an unreadable answer. */
export async function fetchOutcome<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, { signal: signal ?? null });
  const outcome = (await response.json().catch(() => null)) as Outcome<T> | null;
  if (outcome === null) {
    throw new OutcomeFailure({
      code: 'internal',
      message: `Keyward answered with an error (${response.status}).`,
    });
  }
  return unwrap(outcome);
}
