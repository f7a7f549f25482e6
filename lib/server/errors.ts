import 'server-only';
import type { AppErrorCode, FieldErrors } from '@/lib/domain/outcome';

type Details = {
  readonly fieldErrors?: FieldErrors | undefined;
  /** What the person needs to decide again, such as the three values of a stale form. No secrets. */
  readonly facts?: Readonly<Record<string, unknown>> | undefined;
  readonly cause?: unknown;
};

/** Known by this mark and not by its class, which differs between the copies of modules that Next loads. */
const MARK = Symbol.for('keyward.AppError');

/** The one error a verb throws. Its message is written for the person who sees it. */
export class AppError extends Error {
  readonly [MARK] = true;
  readonly code: AppErrorCode;
  readonly fieldErrors: FieldErrors | undefined;
  readonly facts: Readonly<Record<string, unknown>> | undefined;

  constructor(code: AppErrorCode, message: string, details: Details = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.fieldErrors = details.fieldErrors;
    this.facts = details.facts;
  }

  static override [Symbol.hasInstance](value: unknown): value is AppError {
    return typeof value === 'object' && value !== null && MARK in value;
  }
}

export function notFound(what: string): AppError {
  return new AppError('not_found', `There is no such ${what}, or it is out of your reach.`);
}

/** Bad input, told beside the field it concerns. */
export function invalidField(field: string, message: string): AppError {
  return new AppError('invalid', message, { fieldErrors: { [field]: [message] } });
}
