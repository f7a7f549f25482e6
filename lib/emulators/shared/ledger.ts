import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Cells, UsageSum } from './cells';
import { DAY_MS, dayNumber } from './clock';
import { createDemand, type DemandKind, type DemandProfile } from './demand';
import { type Grain, LedgerKey } from './ledger-key';
import { type CatalogueModel, catalogue, priceNano, unlistedModel } from './models';
import { type Nano, parseNano } from './money';
import { type RuleChange, type SpendRule, spendAllowed } from './spend-rule';

export type { Grain };

export interface LedgerKeySpec {
  id: string;
  /** UTC milliseconds. */
  createdAt: number;
  /** `none`: spends only what is recorded. */
  demand: DemandProfile | DemandKind | 'none';
  /** The rules in force, oldest first. Before the first one the key cannot spend. */
  rules: readonly RuleChange[];
}

export interface Spend {
  costNano: Nano;
  byokNano: Nano;
}

export interface KeyWindows {
  day: Spend;
  week: Spend;
  month: Spend;
  lifetime: Spend;
}

export interface LedgerQuery {
  /** All keys when absent. */
  keyIds?: readonly string[];
  from: Date | number;
  /** Exclusive. */
  to: Date | number;
  now: Date | number;
  /** Size of a bucket; `day` by default. Buckets are UTC. */
  grain?: Grain;
}

export type LedgerVisit = (row: {
  keyId: string;
  bucketStartMs: number;
  model: CatalogueModel;
  cells: Cells;
}) => void;

const WARM_TURN_MS = 12;

/**
 * The one synthetic record of requests that every figure of an emulator comes from. The generated history depends
 * on the seed, the key's id and the day alone; money is in nano-dollars and adds up exactly at every grain.
 */
export class Ledger {
  private readonly keys = new Map<string, LedgerKey>();
  private readonly models: CatalogueModel[] = [...catalogue];
  private readonly modelNumbers = new Map(catalogue.map((model, index) => [model.id, index]));
  readonly seed: number | string;
  /** UTC day number on which the generated past ends and a leak has been running for three days. */
  readonly anchorDay: number;

  constructor(options: { seed: number | string; anchor: Date | number }) {
    this.seed = options.seed;
    this.anchorDay = dayNumber(Number(options.anchor));
  }

  /** A ledger with these keys; none of them is older than `historyDays` before `now`. */
  static generate(options: {
    keys: readonly LedgerKeySpec[];
    historyDays: number;
    seed: number | string;
    now: Date | number;
  }): Ledger {
    const ledger = new Ledger({ seed: options.seed, anchor: options.now });
    const oldest = (ledger.anchorDay - options.historyDays) * DAY_MS;
    for (const key of options.keys) ledger.addKey({ ...key, createdAt: Math.max(key.createdAt, oldest) });
    return ledger;
  }

  addKey(spec: LedgerKeySpec): void {
    if (this.keys.has(spec.id)) throw new RangeError(`the ledger already has a key ${spec.id}`);
    const demand = typeof spec.demand === 'string' ? this.demandFor(spec, spec.demand) : spec.demand;
    this.keys.set(spec.id, new LedgerKey(spec.id, spec.createdAt, demand, spec.rules));
  }

  has(id: string): boolean {
    return this.keys.has(id);
  }

  /** A rule that holds from `at` (its minute) on. Stopping, limits and their removal are all rules. */
  setRule(id: string, at: Date | number, rule: SpendRule): void {
    this.key(id).setRule(Number(at), rule);
  }

  ruleAt(id: string, at: Date | number): SpendRule {
    return this.key(id).ruleAt(Number(at));
  }

  /** Whether the key may start one more request now. */
  maySpend(id: string, now: Date | number): boolean {
    const key = this.key(id);
    const rule = key.ruleAt(Number(now));
    return spendAllowed(rule, key.windowsAt(Number(now)).countedBy(rule));
  }

  /** Appends usage that happened, whatever the rules say. */
  record(id: string, at: Date | number, modelId: string, cells: Partial<Cells>): void {
    this.key(id).append(Number(at), this.modelNumber(modelId), {
      requests: 1,
      promptTokens: 0,
      completionTokens: 0,
      reasoningTokens: 0,
      cachedTokens: 0,
      costNano: 0,
      byokNano: 0,
      ...cells,
    });
  }

  /** One request at list price, if the rule lets it start; returns its price, or null when it was refused. */
  request(
    id: string,
    at: Date | number,
    modelId: string,
    tokens: { promptTokens: number; completionTokens: number },
  ): Nano | null {
    if (!this.maySpend(id, at)) return null;
    const model = this.models[this.modelNumber(modelId)] ?? unlistedModel(modelId);
    const costNano = priceNano(model, { ...tokens, cachedTokens: 0 });
    const reasoningTokens = Math.floor(tokens.completionTokens * model.reasoningShare);
    this.record(id, at, modelId, { ...tokens, reasoningTokens, costNano });
    return BigInt(costNano);
  }

  /**
   * Spends an amount in US dollars in `requests` equal requests, each only if the rule still lets it start.
   * Returns how many were let through.
   */
  spend(
    id: string,
    at: Date | number,
    options: { usd: number | string; modelId?: string; requests?: number },
  ): number {
    const requests = options.requests ?? 1;
    const whole = Number(parseNano(options.usd));
    const modelId = options.modelId ?? 'openai/gpt-5-mini';
    for (let index = 0; index < requests; index += 1) {
      if (!this.maySpend(id, at)) return index;
      const costNano = Math.floor((whole / requests) * (index + 1)) - Math.floor((whole / requests) * index);
      this.record(id, at, modelId, { promptTokens: 1200, completionTokens: 250, costNano });
    }
    return requests;
  }

  /** Spend of one key in the current UTC day, week (from Monday), month, and in all. */
  windows(id: string, now: Date | number): KeyWindows {
    const spend = this.key(id).windowsAt(Number(now));
    const pair = (cost: number, byok: number): Spend => ({ costNano: BigInt(cost), byokNano: BigInt(byok) });
    return {
      day: pair(spend.dayCost, spend.dayByok),
      week: pair(spend.weekCost, spend.weekByok),
      month: pair(spend.monthCost, spend.monthByok),
      lifetime: pair(spend.totalCost, spend.totalByok),
    };
  }

  lastUsedAt(id: string, now: Date | number): Date | null {
    const at = this.key(id).lastUsedAt(Number(now));
    return at === null ? null : new Date(at);
  }

  /** Lifetime spend of all keys, deleted ones included. */
  total(now: Date | number): Spend {
    let costNano = 0n;
    let byokNano = 0n;
    for (const key of this.keys.values()) {
      const spend = key.windowsAt(Number(now));
      costNano += BigInt(spend.totalCost);
      byokNano += BigInt(spend.totalByok);
    }
    return { costNano, byokNano };
  }

  get size(): number {
    return this.keys.size;
  }

  /** Adds up the past of all keys in short turns, so that a large account answers while it does so. */
  async warm(now: Date | number, stopped: () => boolean): Promise<void> {
    let turnEnds = performance.now() + WARM_TURN_MS;
    for (const key of this.keys.values()) {
      key.windowsAt(Number(now));
      if (performance.now() < turnEnds) continue;
      await nextTurn();
      if (stopped()) return;
      turnEnds = performance.now() + WARM_TURN_MS;
    }
  }

  /** Visits every non-empty (key, bucket, model). `cells` is only valid during the call. */
  visit(query: LedgerQuery, each: LedgerVisit): void {
    const ids = query.keyIds ?? this.keys.keys();
    for (const keyId of ids) {
      const key = this.keys.get(keyId);
      key?.visit(
        Number(query.from),
        Number(query.to),
        Number(query.now),
        query.grain ?? 'day',
        (bucketStartMs, number, cells) => {
          const model = this.models[number];
          if (model) each({ keyId, bucketStartMs, model, cells });
        },
      );
    }
  }

  /** Sums by any text made of key, bucket and model; the order is that of first appearance. */
  sumBy(
    query: LedgerQuery,
    labelOf: (row: { keyId: string; bucketStartMs: number; model: CatalogueModel }) => string,
  ): Map<string, UsageSum> {
    const sums = new Map<string, UsageSum>();
    this.visit(query, (row) => {
      const label = labelOf(row);
      const sum = sums.get(label) ?? new UsageSum();
      sum.add(row.cells);
      sums.set(label, sum);
    });
    return sums;
  }

  private demandFor(spec: LedgerKeySpec, kind: DemandKind | 'none'): DemandProfile | null {
    if (kind === 'none') return null;
    const firstDay = dayNumber(spec.createdAt);
    return createDemand({ seed: this.seed, id: spec.id, kind, firstDay, anchorDay: this.anchorDay });
  }

  private modelNumber(modelId: string): number {
    const known = this.modelNumbers.get(modelId);
    if (known !== undefined) return known;
    this.models.push(unlistedModel(modelId));
    this.modelNumbers.set(modelId, this.models.length - 1);
    return this.models.length - 1;
  }

  private key(id: string): LedgerKey {
    const key = this.keys.get(id);
    if (!key) throw new RangeError(`the ledger has no key ${id}`);
    return key;
  }
}
