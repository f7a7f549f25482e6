/** Counts by name, in the order in which the names came. */
class Counter {
  private readonly counts = new Map<string, number>();

  add(name: string, by = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + by);
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  toString(): string {
    const parts = [...this.counts].filter(([, count]) => count > 0).sort(([, a], [, b]) => b - a);
    return parts.length === 0 ? 'none' : parts.map(([name, count]) => `${name} ${count}`).join(', ');
  }
}

export type Violation = { readonly round: number; readonly rule: string; readonly details: string };

/** What the campaign did and found. */
export class Tally {
  readonly operations = new Counter();
  readonly answers = new Counter();
  readonly faults = new Counter();
  readonly faultsMet = new Counter();
  readonly outside = new Counter();
  readonly kills = new Counter();
  readonly clocks = new Counter();
  readonly remarks = new Counter();
  rounds = 0;
  /** Places in the plan for which there was nothing to be done to. */
  idle = 0;
  /** Marks the plans that were played. */
  plan = '';
  checks = 0;
  round = 0;
  readonly violations: Violation[] = [];
  private readonly told = new Set<string>();

  /** Once for each rule and details, however often a check comes across it. */
  violate(rule: string, details: string): void {
    const name = `${rule}\n${details}`;
    if (this.told.has(name)) return;
    this.told.add(name);
    this.violations.push({ round: this.round, rule, details });
    console.log(`  VIOLATION in round ${this.round}: ${rule}: ${details.slice(0, 300)}`);
  }
}
