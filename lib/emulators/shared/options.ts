/** What both emulators are started with. */
export interface EmulatorOptions {
  /** 0 takes a free port. */
  port?: number;
  keys?: number;
  seed?: number | string;
  historyDays?: number;
  /** Made from the seed when absent. */
  managementKey?: string;
  /** Keys get additional requests every second or two while the emulator runs, created ones too. */
  live?: boolean;
  /** Where the clock starts; the real time by default. */
  now?: string | Date;
  /** The clock stands still until it is moved. */
  freeze?: boolean;
  /**
   * The day on which the generated past ends; that of `now` by default. A fixed one gives the same history on every
   * later day: what was read yesterday is still true today.
   */
  anchor?: string | Date;
  /** Calls per real minute and key; none by default. */
  rateLimit?: number | null;
}

export const EMULATOR_DEFAULTS = { keys: 120, seed: 7, historyDays: 400 } as const;
