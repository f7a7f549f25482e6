import { weekdayOf } from './clock';
import { catalogue, priceNano } from './models';
import { createPrng, type Prng, unitOf } from './prng';

export type DemandKind = 'steady' | 'idle' | 'leaked';

interface ModelUse {
  model: number;
  /** Upper end of this model's part of the requests, between 0 and 1. */
  upTo: number;
  promptTokens: number;
  completionTokens: number;
  cachedShare: number;
  byok: boolean;
}

/** How a key would be used if no limit stopped it. Days are UTC day numbers. */
export interface DemandProfile {
  seed: number;
  requestsPerDay: number;
  growthPerYear: number;
  weekendFactor: number;
  shape: number;
  models: ModelUse[];
  firstDay: number;
  lastDay: number;
  leakFromDay: number;
}

/** OpenRouter books 5 % of the list price as its fee when the customer's own provider key is used. */
const BYOK_FEE_DIVISOR = 20;
const SPIKE_CHANCE = 0.011;
const DAYS_A_YEAR = 365;

/** One profile from the seed and the key's id; `anchorDay` is the day on which the history ends. */
export function createDemand(options: {
  seed: number | string;
  id: string;
  kind: DemandKind;
  firstDay: number;
  anchorDay: number;
  /** Share of keys that use the organization's own provider keys for one model. */
  byokShare?: number;
}): DemandProfile {
  const prng = createPrng(`${options.seed}/demand/${options.id}`);
  const size = Math.exp(Math.log(12) + prng.next() * Math.log(110));
  const age = options.anchorDay - options.firstDay;
  const idleFor = 31 + Math.floor(prng.next() * Math.max(1, age - 32));
  return {
    seed: prng.int(1, 0x7fffffff),
    requestsPerDay: options.kind === 'leaked' ? 140 : size,
    growthPerYear: prng.next() * 1.6 - 0.3,
    weekendFactor: prng.pick([0.08, 0.2, 0.35, 0.9]),
    shape: prng.int(0, dayShapes.length - 1),
    models: pickModels(prng, prng.next() < (options.byokShare ?? 0.12), options.kind === 'leaked'),
    firstDay: options.firstDay,
    lastDay: options.kind === 'idle' ? options.anchorDay - idleFor : Number.POSITIVE_INFINITY,
    leakFromDay: options.kind === 'leaked' ? options.anchorDay - 3 : Number.POSITIVE_INFINITY,
  };
}

function pickModels(prng: Prng, byok: boolean, leaked: boolean): ModelUse[] {
  const count = prng.pick([1, 1, 2, 2, 3]);
  const dearest = catalogue.reduce(
    (best, model, index) => (model.promptNano > priceAt(best) ? index : best),
    0,
  );
  const chosen = new Set<number>(leaked ? [dearest] : []);
  while (chosen.size < count) chosen.add(prng.int(0, catalogue.length - 1));
  const parts = [[1], [0.72, 1], [0.6, 0.88, 1]][count - 1] ?? [1];
  return [...chosen].map((model, index) => ({
    model,
    upTo: parts[index] ?? 1,
    promptTokens: prng.int(350, 3800),
    completionTokens: prng.int(60, 700),
    cachedShare: prng.pick([0, 0.15, 0.4, 0.6]),
    byok: byok && index === 0,
  }));
}

function priceAt(index: number): number {
  return catalogue[index]?.promptNano ?? 0;
}

/** Cumulated share of a day's requests at each full hour, per kind of workload. */
const dayShapes: readonly Float64Array[] = [
  [1, 1, 1, 1, 1, 2, 5, 14, 22, 25, 24, 20, 18, 22, 24, 23, 19, 12, 7, 5, 4, 3, 2, 1],
  [6, 4, 2, 1, 1, 1, 1, 1, 2, 3, 5, 8, 13, 20, 24, 25, 23, 21, 22, 23, 21, 17, 12, 9],
  [9, 7, 6, 5, 5, 6, 8, 10, 12, 13, 14, 14, 14, 14, 14, 14, 15, 16, 17, 18, 18, 17, 14, 11],
  [0, 30, 60, 55, 20, 2, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0],
].map((weights) => {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const cumulated = new Float64Array(25);
  let sum = 0;
  weights.forEach((weight, hour) => {
    sum += weight;
    cumulated[hour + 1] = sum / total;
  });
  cumulated[24] = 1;
  return cumulated;
});

/** Part of a day's requests that came before this millisecond of the day; grows, and is 1 at the day's end. */
export function shareBefore(shape: number, msOfDay: number): number {
  const cumulated = dayShapes[shape];
  if (!cumulated || msOfDay >= 86_400_000) return 1;
  const hour = Math.floor(msOfDay / 3_600_000);
  const from = cumulated[hour] ?? 0;
  return from + ((cumulated[hour + 1] ?? 1) - from) * ((msOfDay % 3_600_000) / 3_600_000);
}

export function requestsOn(profile: DemandProfile, day: number): number {
  if (day < profile.firstDay || day > profile.lastDay) return 0;
  const noise = unitOf(profile.seed, day);
  let rate = profile.requestsPerDay * (0.65 + 0.7 * noise);
  rate *= Math.exp((profile.growthPerYear * (day - profile.firstDay)) / DAYS_A_YEAR);
  if (weekdayOf(day) >= 5) rate *= profile.weekendFactor;
  const luck = unitOf(profile.seed ^ 0x5bd1e995, day);
  if (luck < SPIKE_CHANCE) rate *= 3 + (luck / SPIKE_CHANCE) * 4;
  if (day >= profile.leakFromDay) rate *= 14 * 1.7 ** Math.min(day - profile.leakFromDay, 5);
  return Math.floor(rate + unitOf(profile.seed ^ 0x2545f491, day));
}

/** One model's part of one day, as it would be without limits. Money in whole nano-dollars. */
export interface ModelDay {
  model: number;
  requests: number;
  promptTokens: number;
  completionTokens: number;
  reasoningTokens: number;
  cachedTokens: number;
  costNano: number;
  byokNano: number;
}

/** A key's day by model; empty when there is no traffic. */
export function demandOn(profile: DemandProfile, day: number): ModelDay[] {
  const requests = requestsOn(profile, day);
  const days: ModelDay[] = [];
  let given = 0;
  for (const use of profile.models) {
    const upTo = use.upTo === 1 ? requests : Math.floor(requests * use.upTo);
    if (upTo > given) days.push(modelDay(profile, use, day, upTo - given));
    given = upTo;
  }
  return days;
}

function modelDay(profile: DemandProfile, use: ModelUse, day: number, requests: number): ModelDay {
  const model = catalogue[use.model];
  if (!model) throw new RangeError(`no model ${use.model} in the catalogue`);
  const noise = 0.8 + 0.4 * unitOf(profile.seed + use.model + 1, day);
  const promptTokens = Math.round(requests * use.promptTokens * noise);
  const completionTokens = Math.round(requests * use.completionTokens * (1.9 - noise));
  const cachedTokens = Math.floor(promptTokens * use.cachedShare * noise * 0.8);
  const listNano = priceNano(model, { promptTokens, cachedTokens, completionTokens });
  return {
    model: use.model,
    requests,
    promptTokens,
    completionTokens,
    reasoningTokens: Math.floor(completionTokens * model.reasoningShare),
    cachedTokens,
    costNano: use.byok ? Math.floor(listNano / BYOK_FEE_DIVISOR) : listNano,
    byokNano: use.byok ? listNano : 0,
  };
}

/** A rough figure for a working day without spikes, for choosing limits that are sometimes reached. */
export function typicalDayNano(profile: DemandProfile): number {
  let sum = 0;
  let given = 0;
  for (const use of profile.models) {
    const model = catalogue[use.model];
    if (!model) continue;
    const requests = profile.requestsPerDay * (use.upTo - given);
    given = use.upTo;
    const listNano =
      requests * (use.promptTokens * model.promptNano + use.completionTokens * model.completionNano);
    sum += use.byok ? listNano / BYOK_FEE_DIVISOR : listNano;
  }
  return sum;
}
