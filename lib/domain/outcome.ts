/** Every way a thing can fail that a person is told about. */
export type AppErrorCode =
  | 'signed_out'
  | 'forbidden'
  | 'not_found'
  | 'invalid'
  | 'conflict'
  | 'stale'
  | 'unsupported'
  | 'provider_refused'
  | 'provider_unavailable'
  | 'outcome_unknown'
  | 'throttled'
  | 'internal';

/** Messages by field path, as forms show them. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>;

export type OutcomeError = {
  readonly code: AppErrorCode;
  readonly message: string;
  readonly fieldErrors?: FieldErrors | undefined;
  readonly facts?: Readonly<Record<string, unknown>> | undefined;
  /** The request's id, to be found in the log. */
  readonly ref?: string | undefined;
};

/** What every action and JSON route answers. */
export type Outcome<T> =
  | { readonly ok: true; readonly data: T }
  | { readonly ok: false; readonly error: OutcomeError };
