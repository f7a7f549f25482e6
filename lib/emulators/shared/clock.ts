export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

export interface ClockOptions {
  /** Where the clock starts; the real time by default. */
  now?: string | Date;
  /** Stand still until moved. */
  freeze?: boolean;
}

/** A movable UTC clock: an offset over the real clock, or a frozen instant. */
export class EmulatorClock {
  private readonly start: number | null;
  private readonly startsFrozen: boolean;
  private offsetMs = 0;
  private frozenAt: number | null = null;

  constructor(options: ClockOptions = {}) {
    this.start = options.now === undefined ? null : toMs(options.now);
    this.startsFrozen = options.freeze ?? false;
    this.reset();
  }

  now(): Date {
    return new Date(this.frozenAt ?? Date.now() + this.offsetMs);
  }

  get isFrozen(): boolean {
    return this.frozenAt !== null;
  }

  /** Moves the clock to an instant; throws a RangeError for a text that is no date. */
  set(to: string | Date): void {
    const target = toMs(to);
    if (this.frozenAt !== null) this.frozenAt = target;
    else this.offsetMs = target - Date.now();
  }

  advance(ms: number): void {
    if (this.frozenAt !== null) this.frozenAt += ms;
    else this.offsetMs += ms;
  }

  freeze(): void {
    this.frozenAt = this.now().getTime();
  }

  thaw(): void {
    if (this.frozenAt === null) return;
    this.offsetMs = this.frozenAt - Date.now();
    this.frozenAt = null;
  }

  /** Back to where it started. */
  reset(): void {
    this.offsetMs = this.start === null ? 0 : this.start - Date.now();
    this.frozenAt = this.startsFrozen ? (this.start ?? Date.now()) : null;
  }
}

export function startOfUtcDay(at: Date): Date {
  return new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS);
}

/** Monday, 00:00 UTC. */
export function startOfUtcWeek(at: Date): Date {
  return new Date((dayNumber(at.getTime()) - weekdayOf(dayNumber(at.getTime()))) * DAY_MS);
}

export function startOfUtcMonth(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1));
}

/** UTC days since 1970-01-01. */
export function dayNumber(ms: number): number {
  return Math.floor(ms / DAY_MS);
}

/** Monday is 0, Sunday is 6. 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): number {
  return (day + 3) % 7;
}

/** `YYYY-MM-DD` of a UTC day number. */
export function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

function toMs(value: string | Date): number {
  const ms = value instanceof Date ? value.getTime() : Date.parse(value);
  if (Number.isNaN(ms)) throw new RangeError(`not a date: ${String(value)}`);
  return ms;
}
