import { DAY_MS, weekdayOf } from './clock';

export type SpendWindow = 'day' | 'week' | 'month' | 'total';

/** What a vendor's limit means for a key at one time. Each emulator maps its own fields to it. */
export type SpendRule =
  | { kind: 'open' }
  | { kind: 'stopped' }
  | { kind: 'capped'; capNano: number; window: SpendWindow; countsByok: boolean };

export interface RuleChange {
  /** UTC milliseconds, from when the rule holds. */
  from: number;
  rule: SpendRule;
}

/**
 * Whether one more request may start. A request may begin while the spend is below the cap, so that the last one
 * overshoots a little, as it does at providers that learn a price only after the answer.
 */
export function spendAllowed(rule: SpendRule, alreadySpentNano: number): boolean {
  if (rule.kind === 'open') return true;
  return rule.kind === 'capped' && alreadySpentNano < rule.capNano;
}

/** Running sums of one key's spend in the four windows, in whole nano-dollars. */
export class WindowSpend {
  dayCost = 0;
  dayByok = 0;
  weekCost = 0;
  weekByok = 0;
  monthCost = 0;
  monthByok = 0;
  totalCost = 0;
  totalByok = 0;

  /** Empties the windows that begin with this UTC day. */
  beginDay(day: number): void {
    this.dayCost = 0;
    this.dayByok = 0;
    if (weekdayOf(day) === 0) {
      this.weekCost = 0;
      this.weekByok = 0;
    }
    if (new Date(day * DAY_MS).getUTCDate() === 1) {
      this.monthCost = 0;
      this.monthByok = 0;
    }
  }

  add(costNano: number, byokNano: number): void {
    this.dayCost += costNano;
    this.dayByok += byokNano;
    this.weekCost += costNano;
    this.weekByok += byokNano;
    this.monthCost += costNano;
    this.monthByok += byokNano;
    this.totalCost += costNano;
    this.totalByok += byokNano;
  }

  /** What counts towards the rule's cap; 0 when the rule has none. */
  countedBy(rule: SpendRule): number {
    if (rule.kind !== 'capped') return 0;
    switch (rule.window) {
      case 'day':
        return this.dayCost + (rule.countsByok ? this.dayByok : 0);
      case 'week':
        return this.weekCost + (rule.countsByok ? this.weekByok : 0);
      case 'month':
        return this.monthCost + (rule.countsByok ? this.monthByok : 0);
      case 'total':
        return this.totalCost + (rule.countsByok ? this.totalByok : 0);
    }
  }

  copy(): WindowSpend {
    return Object.assign(new WindowSpend(), this);
  }
}
