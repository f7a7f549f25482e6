import { addDays, daysBetween, eachDay, type UtcDay, utcDayOf } from '@/lib/domain/periods/utc-day';
import { clampWindow } from '../clamp-window';
import type { HttpClient } from '../http/http-client';
import type { ReadOptions, UsageBatch, UsageWindow } from '../port';
import { ProviderError } from '../provider-error';
import { readActivity } from './activity';
import { readAnalytics } from './analytics';
import type { AnalyticsSizing } from './analytics-sizing';
import { ACTIVITY_HISTORY_DAYS, ANALYTICS_HISTORY_DAYS } from './capabilities';
import type { KeyNames } from './label-chunks';

type Inputs = {
  readonly client: HttpClient;
  readonly window: UsageWindow;
  readonly keys: readonly KeyNames[];
  readonly sizing: AnalyticsSizing;
  readonly now: Date;
  readonly options: ReadOptions;
};

/** Usage by key, day and model from analytics (today included), or from the activity lists when analytics refuses. */
export async function readUsage(inputs: Inputs): Promise<UsageBatch> {
  const today = utcDayOf(inputs.now);
  const window = clampWindow(inputs.window, addDays(today, 1 - ANALYTICS_HISTORY_DAYS), today);
  if (window === null) return emptyBatch('analytics', historyGap(inputs.window, today));
  try {
    const { facts, coveredDays } = await readAnalytics({ ...inputs, window });
    const gap = coveredDays.length <= daysBetween(window.from, window.to) ? TRUNCATED_GAP : null;
    return {
      facts,
      coveredDays,
      source: 'analytics',
      gap: gap ?? historyGap(inputs.window, today),
      missingKeys: [],
    };
  } catch (error) {
    if (!(error instanceof ProviderError) || !hasFallback(error)) throw error;
    return readFallback({ ...inputs, window }, today, error);
  }
}

const TRUNCATED_GAP = 'OpenRouter cut its analytics answer off for some days.';

/** A wrong key or a wish to slow down is not answered with more calls. */
function hasFallback({ kind }: ProviderError): boolean {
  return kind !== 'unauthorized' && kind !== 'rate_limited';
}

async function readFallback(inputs: Inputs, today: UtcDay, cause: ProviderError): Promise<UsageBatch> {
  const window = clampWindow(inputs.window, addDays(today, -ACTIVITY_HISTORY_DAYS), addDays(today, -1));
  const gap = `OpenRouter's analytics could not be read (${cause.status ?? 'no answer'}); its activity list tells only the last ${ACTIVITY_HISTORY_DAYS} completed days.`;
  if (window === null) return emptyBatch('activity', gap);
  const { facts, missingKeys } = await readActivity({ ...inputs, window });
  const coveredDays = eachDay(window.from, window.to);
  const isWhole = coveredDays.length === daysBetween(inputs.window.from, inputs.window.to) + 1;
  return { facts, coveredDays, source: 'activity', gap: isWhole ? null : gap, missingKeys };
}

function historyGap({ from }: UsageWindow, today: UtcDay): string | null {
  return from < addDays(today, 1 - ANALYTICS_HISTORY_DAYS)
    ? `OpenRouter keeps usage for ${ANALYTICS_HISTORY_DAYS} days.`
    : null;
}

function emptyBatch(source: UsageBatch['source'], gap: string | null): UsageBatch {
  return { facts: [], coveredDays: [], source, gap, missingKeys: [] };
}
