import { addBetween, type Cells, emptyCells, requestsBefore, spendBetween } from './cells';
import { DAY_MS, dayNumber, HOUR_MS, MINUTE_MS } from './clock';
import { DayTotals } from './day-totals';
import { type DemandProfile, demandOn, type ModelDay } from './demand';
import { type RuleChange, type SpendRule, spendAllowed, WindowSpend } from './spend-rule';

/** Usage that was appended at a moment, on top of the generated history. */
export interface AppendedUse extends Cells {
  at: number;
  lastAt: number;
  model: number;
}

export type Grain = 'minute' | 'hour' | 'day';
export type VisitCells = (bucketStartMs: number, model: number, cells: Cells) => void;

const STEP_MS: Record<Grain, number> = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS };
const STOPPED: SpendRule = { kind: 'stopped' };

/**
 * One key of the ledger. Its days are computed from the demand when they are needed; what is kept is the spend of
 * each completed day and the stretches of a day in which the key was allowed to spend.
 */
export class LedgerKey {
  readonly firstDay: number;
  private readonly changes: RuleChange[] = [];
  private readonly appended = new Map<number, AppendedUse[]>();
  private readonly eventDays = new Set<number>();
  /** Open stretches `[from, to, from, to…]` in milliseconds of the day, for days that were not open as a whole. */
  private readonly partlyOpen = new Map<number, readonly number[]>();
  private readonly totals: DayTotals;
  private horizon: number;
  private spend = new WindowSpend();

  constructor(
    readonly id: string,
    readonly createdAt: number,
    readonly demand: DemandProfile | null,
    rules: readonly RuleChange[],
  ) {
    this.firstDay = dayNumber(createdAt);
    this.horizon = this.firstDay;
    this.totals = new DayTotals(this.firstDay);
    for (const change of rules) this.setRule(change.from, change.rule);
  }

  /** From this minute on the rule holds, until a later change. Before the first one the key cannot spend. */
  setRule(at: number, rule: SpendRule): void {
    const from = Math.floor(at / MINUTE_MS) * MINUTE_MS;
    const same = this.changes.findIndex((change) => change.from === from);
    if (same >= 0) this.changes.splice(same, 1);
    this.changes.push({ from, rule });
    this.changes.sort((a, b) => a.from - b.from);
    this.touch(dayNumber(from));
  }

  append(at: number, model: number, cells: Cells): void {
    const when = Math.max(at, this.createdAt);
    const day = dayNumber(when);
    const list = this.appended.get(day) ?? [];
    const minute = Math.floor(when / MINUTE_MS);
    const same = list.find((use) => use.model === model && Math.floor(use.at / MINUTE_MS) === minute);
    if (same && same.at <= when) mergeInto(same, cells, when);
    else list.push({ ...cells, at: when, lastAt: when, model });
    this.appended.set(day, list);
    this.touch(day);
  }

  ruleAt(ms: number): SpendRule {
    for (let index = this.changes.length - 1; index >= 0; index -= 1) {
      const change = this.changes[index];
      if (change && change.from <= ms) return change.rule;
    }
    return STOPPED;
  }

  /** The four windows as they stand at `now`. */
  windowsAt(now: number): WindowSpend {
    const today = dayNumber(now);
    if (today < this.firstDay) return new WindowSpend();
    this.seek(today);
    const spend = this.spend.copy();
    this.scanDay(today, this.demandDay(today), now, spend);
    return spend;
  }

  /** Visits what was used in `[from, to)`, in buckets, in order of days. Nothing after `now` is seen. */
  visit(from: number, to: number, now: number, grain: Grain, each: VisitCells): void {
    const today = dayNumber(now);
    if (today < this.firstDay) return;
    this.seek(today);
    const first = Math.max(this.firstDay, dayNumber(from));
    const last = Math.min(today, dayNumber(to - 1));
    for (let day = first; day <= last; day += 1) this.visitDay(day, from, to, now, grain, each);
  }

  /** The moment of the newest request, or null. */
  lastUsedAt(now: number): number | null {
    const today = dayNumber(now);
    if (today < this.firstDay) return null;
    this.seek(today);
    const todays = this.lastUseOn(today, now);
    if (todays !== null) return todays;
    const day = this.totals.lastSpendingDay(today - 1);
    return day === null ? null : this.lastUseOn(day, now);
  }

  private visitDay(day: number, from: number, to: number, now: number, grain: Grain, each: VisitCells): void {
    const start = day * DAY_MS;
    const parts = this.demandDay(day);
    if (parts.length > 0) {
      const open = this.openStretches(day, parts, now);
      const first = Math.max(0, from - start);
      const end = Math.min(DAY_MS, to - start);
      const step = STEP_MS[grain];
      for (let at = Math.floor(first / step) * step; at < end; at += step) {
        for (const part of parts) {
          const cells = this.cellsIn(part, open, Math.max(first, at), Math.min(end, at + step));
          if (cells.requests > 0) each(start + at, part.model, cells);
        }
      }
    }
    for (const use of this.appended.get(day) ?? []) {
      if (use.at < from || use.at >= to || use.at > now) continue;
      each(Math.floor(use.at / STEP_MS[grain]) * STEP_MS[grain], use.model, use);
    }
  }

  private cellsIn(part: ModelDay, open: readonly number[], from: number, to: number): Cells {
    const cells = emptyCells();
    for (let index = 0; index < open.length; index += 2) {
      const begin = Math.max(from, open[index] ?? 0);
      const end = Math.min(to, open[index + 1] ?? 0);
      if (end > begin) addBetween(cells, part, this.demand?.shape ?? 0, begin, end);
    }
    return cells;
  }

  private openStretches(day: number, parts: readonly ModelDay[], now: number): readonly number[] {
    if (day < this.horizon) return this.partlyOpen.get(day) ?? [0, DAY_MS];
    return this.scanDay(day, parts, now, this.spend.copy());
  }

  private lastUseOn(day: number, now: number): number | null {
    const parts = this.demandDay(day);
    const open = parts.length > 0 ? this.openStretches(day, parts, now) : [];
    const shape = this.demand?.shape ?? 0;
    let last: number | null = null;
    for (const use of this.appended.get(day) ?? []) {
      if (use.at <= now) last = Math.max(last ?? 0, Math.min(use.lastAt, now));
    }
    for (const part of parts) {
      for (let index = open.length - 2; index >= 0; index -= 2) {
        const [begin = 0, end = 0] = [open[index], open[index + 1]];
        const count = requestsBefore(part, shape, end);
        if (count === requestsBefore(part, shape, begin)) continue;
        const at = firstMs(begin, end, (ms) => requestsBefore(part, shape, ms) >= count);
        last = Math.max(last ?? 0, day * DAY_MS + at);
        break;
      }
    }
    return last;
  }

  private seek(today: number): void {
    if (today < this.horizon) this.rewind(today);
    while (this.horizon < today) {
      const day = this.horizon;
      const { totalCost, totalByok } = this.spend;
      const parts = this.demandDay(day);
      if (parts.length > 0 || this.eventDays.has(day)) {
        const open = this.scanDay(day, parts, (day + 1) * DAY_MS, this.spend);
        const whole = open.length === 2 && open[0] === 0 && open[1] === DAY_MS;
        if (!whole && parts.length > 0) this.partlyOpen.set(day, open);
        this.totals.set(day, this.spend.totalCost - totalCost, this.spend.totalByok - totalByok);
      }
      this.horizon += 1;
      this.spend.beginDay(this.horizon);
    }
  }

  /** Something changed on a day that may already be added up: add up again from there. */
  private touch(day: number): void {
    this.eventDays.add(day);
    if (day < this.horizon) this.rewind(day);
  }

  private rewind(to: number): void {
    const day = Math.max(to, this.firstDay);
    for (const known of [...this.partlyOpen.keys()]) if (known >= day) this.partlyOpen.delete(known);
    this.horizon = day;
    this.totals.forgetFrom(day);
    this.spend = this.totals.windowsBefore(day);
  }

  /** Walks one day up to `now` under the rules of that day; adds to `spend` and returns the open stretches. */
  private scanDay(
    day: number,
    parts: readonly ModelDay[],
    now: number,
    spend: WindowSpend,
  ): readonly number[] {
    const start = day * DAY_MS;
    const until = Math.min(DAY_MS, Math.floor((now - start) / MINUTE_MS) * MINUTE_MS);
    const open: number[] = [];
    let cursor = Math.max(0, this.createdAt - start);
    const walkTo = (end: number): void => {
      if (end <= cursor) return;
      const stop = this.walk(parts, this.ruleAt(start + cursor), cursor, end, spend);
      if (stop > cursor && open[open.length - 1] === cursor) open[open.length - 1] = stop;
      else if (stop > cursor) open.push(cursor, stop);
      cursor = end;
    };
    for (const event of this.eventsOn(day, now)) {
      walkTo(Math.min(event.at - start, until));
      if (event.use) spend.add(event.use.costNano, event.use.byokNano);
    }
    walkTo(until);
    return open;
  }

  /** Spends from `from` under one rule; returns where the rule stopped it, or `to`. */
  private walk(
    parts: readonly ModelDay[],
    rule: SpendRule,
    from: number,
    to: number,
    spend: WindowSpend,
  ): number {
    const already = spend.countedBy(rule);
    if (!spendAllowed(rule, already)) return from;
    const shape = this.demand?.shape ?? 0;
    let stop = to;
    let used = spendBetween(parts, shape, from, to);
    if (rule.kind === 'capped') {
      const counted = (between: typeof used): number =>
        between.costNano + (rule.countsByok ? between.byokNano : 0);
      if (!spendAllowed(rule, already + counted(used))) {
        stop = firstMs(
          from,
          to,
          (ms) => !spendAllowed(rule, already + counted(spendBetween(parts, shape, from, ms))),
        );
        used = spendBetween(parts, shape, from, stop);
      }
    }
    spend.add(used.costNano, used.byokNano);
    return stop;
  }

  private eventsOn(day: number, now: number): { at: number; use?: AppendedUse }[] {
    if (!this.eventDays.has(day)) return [];
    const changes = this.changes.filter((change) => dayNumber(change.from) === day);
    const uses = (this.appended.get(day) ?? []).filter((use) => use.at <= now);
    return [
      ...changes.map((change) => ({ at: change.from })),
      ...uses.map((use) => ({ at: use.at, use })),
    ].sort((a, b) => a.at - b.at);
  }

  private demandDay(day: number): readonly ModelDay[] {
    return this.demand ? demandOn(this.demand, day) : [];
  }
}

/** The first millisecond in `(from, to]` for which `reached` holds; `reached(to)` is known to hold. */
function firstMs(from: number, to: number, reached: (ms: number) => boolean): number {
  let low = from;
  let high = to;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (reached(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function mergeInto(use: AppendedUse, cells: Cells, at: number): void {
  use.requests += cells.requests;
  use.promptTokens += cells.promptTokens;
  use.completionTokens += cells.completionTokens;
  use.reasoningTokens += cells.reasoningTokens;
  use.cachedTokens += cells.cachedTokens;
  use.costNano += cells.costNano;
  use.byokNano += cells.byokNano;
  use.lastAt = Math.max(use.lastAt, at);
}
