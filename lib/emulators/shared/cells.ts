import { type ModelDay, shareBefore } from './demand';
import type { Nano } from './money';

/** What a part of a day holds. Money in whole nano-dollars (safe integers in one cell). */
export interface Cells {
  requests: number;
  promptTokens: number;
  completionTokens: number;
  /** A part of `completionTokens`. */
  reasoningTokens: number;
  /** A part of `promptTokens`. */
  cachedTokens: number;
  costNano: number;
  byokNano: number;
}

/** Sums cells of any number of keys; money stays exact beyond what a double holds. */
export class UsageSum {
  requests = 0;
  promptTokens = 0;
  completionTokens = 0;
  reasoningTokens = 0;
  cachedTokens = 0;
  /** Requests that ran on the customer's own provider key. */
  byokRequests = 0;
  private cost = 0n;
  private byok = 0n;
  private fees = 0n;
  private looseCost = 0;
  private looseFees = 0;
  private looseByok = 0;

  add(cells: Cells): void {
    this.requests += cells.requests;
    this.promptTokens += cells.promptTokens;
    this.completionTokens += cells.completionTokens;
    this.reasoningTokens += cells.reasoningTokens;
    this.cachedTokens += cells.cachedTokens;
    if (cells.byokNano > 0) {
      this.byokRequests += cells.requests;
      this.looseFees += cells.costNano;
    }
    this.looseCost += cells.costNano;
    this.looseByok += cells.byokNano;
    if (this.looseCost > 2 ** 51 || this.looseByok > 2 ** 51) this.settle();
  }

  get costNano(): Nano {
    this.settle();
    return this.cost;
  }

  get byokNano(): Nano {
    this.settle();
    return this.byok;
  }

  /** The part of `costNano` that was charged for requests on the customer's own provider key. */
  get byokFeeNano(): Nano {
    this.settle();
    return this.fees;
  }

  private settle(): void {
    this.cost += BigInt(this.looseCost);
    this.byok += BigInt(this.looseByok);
    this.fees += BigInt(this.looseFees);
    this.looseFees = 0;
    this.looseCost = 0;
    this.looseByok = 0;
  }
}

/** How many of a model's requests came before this millisecond of the day. */
export function requestsBefore(part: ModelDay, shape: number, msOfDay: number): number {
  return msOfDay >= 86_400_000 ? part.requests : Math.floor(part.requests * shareBefore(shape, msOfDay));
}

/** The first `requests` of a day's figure; parts always add up to the whole. */
function upTo(whole: number, part: ModelDay, requests: number): number {
  return requests >= part.requests ? whole : Math.floor((whole / part.requests) * requests);
}

/** Credits and BYOK spend between two milliseconds of the day, over all models of the day. */
export function spendBetween(
  parts: readonly ModelDay[],
  shape: number,
  from: number,
  to: number,
): { costNano: number; byokNano: number } {
  let costNano = 0;
  let byokNano = 0;
  for (const part of parts) {
    const before = requestsBefore(part, shape, from);
    const after = requestsBefore(part, shape, to);
    costNano += upTo(part.costNano, part, after) - upTo(part.costNano, part, before);
    if (part.byokNano > 0) {
      byokNano += upTo(part.byokNano, part, after) - upTo(part.byokNano, part, before);
    }
  }
  return { costNano, byokNano };
}

/** Adds one model's usage between two milliseconds of the day to `cells`. */
export function addBetween(cells: Cells, part: ModelDay, shape: number, from: number, to: number): void {
  const before = requestsBefore(part, shape, from);
  const after = requestsBefore(part, shape, to);
  if (after === before) return;
  const slice = (whole: number): number => upTo(whole, part, after) - upTo(whole, part, before);
  cells.requests += after - before;
  cells.promptTokens += slice(part.promptTokens);
  cells.completionTokens += slice(part.completionTokens);
  cells.reasoningTokens += slice(part.reasoningTokens);
  cells.cachedTokens += slice(part.cachedTokens);
  cells.costNano += slice(part.costNano);
  cells.byokNano += slice(part.byokNano);
}

export function emptyCells(): Cells {
  return {
    requests: 0,
    promptTokens: 0,
    completionTokens: 0,
    reasoningTokens: 0,
    cachedTokens: 0,
    costNano: 0,
    byokNano: 0,
  };
}
