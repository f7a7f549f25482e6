import 'server-only';
import { z } from 'zod';
import type { FieldErrors, Outcome, OutcomeError } from '@/lib/domain/outcome';
import { log } from '@/lib/utils/log';
import { AppError } from './errors';

/** Messages by dotted path, the first of each path first; whole-form messages stand under `form`. */
export function fieldErrorsOf(error: z.ZodError): FieldErrors {
  const messages: Record<string, string[]> = {};
  for (const issue of error.issues) {
    const path = issue.path.length === 0 ? 'form' : issue.path.map(String).join('.');
    messages[path] = [...(messages[path] ?? []), issue.message];
  }
  return messages;
}

/** What the browser may know of an error; an unknown error's own text stays in the log, under `ref`. */
export function toOutcomeError(error: unknown, requestId: string): OutcomeError {
  if (error instanceof AppError) {
    if (error.code === 'internal') log.error({ err: error, requestId }, 'verb failed');
    return {
      code: error.code,
      message: error.message,
      fieldErrors: error.fieldErrors,
      facts: error.facts,
      ref: requestId,
    };
  }
  if (error instanceof z.ZodError) {
    return { code: 'invalid', message: 'Some fields need another look.', fieldErrors: fieldErrorsOf(error) };
  }
  log.error({ err: error, requestId }, 'unexpected error');
  return {
    code: 'internal',
    message: 'Something went wrong inside Keyward. Nothing was changed by this step.',
    ref: requestId,
  };
}

export async function toOutcome<T>(requestId: string, work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, data: await work() };
  } catch (error) {
    return { ok: false, error: toOutcomeError(error, requestId) };
  }
}
