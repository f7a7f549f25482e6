import { DAY_MS, weekdayOf } from './clock';
import { WindowSpend } from './spend-rule';

/** The spend of each completed day of one key, as compactly as it goes: whole nano-dollars in typed arrays. */
export class DayTotals {
  private cost = new Float64Array(0);
  private byok: Float64Array<ArrayBuffer> | null = null;

  constructor(private readonly firstDay: number) {}

  set(day: number, costNano: number, byokNano: number): void {
    const index = day - this.firstDay;
    if (costNano !== 0) {
      this.cost = roomFor(this.cost, index);
      this.cost[index] = costNano;
    }
    if (byokNano !== 0) {
      this.byok = roomFor(this.byok ?? new Float64Array(0), index);
      this.byok[index] = byokNano;
    }
  }

  forgetFrom(day: number): void {
    const index = Math.max(0, day - this.firstDay);
    this.cost.fill(0, index);
    this.byok?.fill(0, index);
  }

  /** The windows as they stand at the very start of a day. */
  windowsBefore(day: number): WindowSpend {
    const spend = new WindowSpend();
    const last = Math.min(day - this.firstDay, Math.max(this.cost.length, this.byok?.length ?? 0));
    const date = new Date(day * DAY_MS);
    const monthFrom = day - (date.getUTCDate() - 1) - this.firstDay;
    const weekFrom = day - weekdayOf(day) - this.firstDay;
    for (let index = 0; index < last; index += 1) {
      const cost = this.cost[index] ?? 0;
      const byok = this.byok?.[index] ?? 0;
      spend.totalCost += cost;
      spend.totalByok += byok;
      if (index >= monthFrom) {
        spend.monthCost += cost;
        spend.monthByok += byok;
      }
      if (index >= weekFrom) {
        spend.weekCost += cost;
        spend.weekByok += byok;
      }
    }
    return spend;
  }

  /** The newest day up to `day` on which anything was spent, or null. */
  lastSpendingDay(day: number): number | null {
    const length = Math.max(this.cost.length, this.byok?.length ?? 0);
    for (let index = Math.min(day - this.firstDay, length - 1); index >= 0; index -= 1) {
      if ((this.cost[index] ?? 0) !== 0 || (this.byok?.[index] ?? 0) !== 0) return this.firstDay + index;
    }
    return null;
  }
}

function roomFor(array: Float64Array<ArrayBuffer>, index: number): Float64Array<ArrayBuffer> {
  if (index < array.length) return array;
  const grown = new Float64Array(Math.max(index + 1, Math.ceil(array.length * 1.5), 8));
  grown.set(array);
  return grown;
}
