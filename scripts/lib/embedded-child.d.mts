export type EmbeddedDatabase = {
  /** For `pg` as connection string. */
  url: string;
  pid: number;
  tookMs: number;
  /** The exit code; null after a signal. */
  exited: Promise<number | null>;
  stop(): Promise<void>;
};

export class EmbeddedDatabaseError extends Error {
  readonly exitCode: number | null;
}

export function startEmbeddedDatabase(options: { dir: string; port?: number }): Promise<EmbeddedDatabase>;
