import { Hono } from 'hono';
import type { KeyWindows } from '../shared/ledger';
import { NANO_PER_USD, nanoToNumber } from '../shared/money';
import { ApiError, managementOnly } from './api-error';
import { type AppContext, type AppEnv, anyKey, type Caller, managementKey, page } from './app-env';
import { counters, remaining } from './key-view';
import { maskedLabel, type OpenRouterState } from './state';

const NOTHING: KeyWindows = {
  day: { costNano: 0n, byokNano: 0n },
  week: { costNano: 0n, byokNano: 0n },
  month: { costNano: 0n, byokNano: 0n },
  lifetime: { costNano: 0n, byokNano: 0n },
};

const TOP_UP = 500n * NANO_PER_USD;
const KEPT_IN_HAND = 750n * NANO_PER_USD;

/** /key and its old name /auth/key, /credits, /organization/members. */
export function accountRoutes(state: OpenRouterState): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const whoAmI = (c: AppContext): Response => c.json({ data: callerView(state, c.get('caller')) });
  app.get('/key', anyKey(state), whoAmI);
  app.get('/auth/key', anyKey(state), whoAmI);

  app.get('/credits', anyKey(state), (c) => {
    if (c.get('caller').kind === 'inference') {
      if (state.switches.creditsForInferenceKey === 'forbidden') throw managementOnly();
      return c.json({ data: { total_credits: 0, total_usage: 0 } });
    }
    const { costNano } = state.ledger.total(state.now());
    // Topped up automatically, so that the account is never out of credits.
    const bought = ((costNano + KEPT_IN_HAND + TOP_UP - 1n) / TOP_UP) * TOP_UP;
    return c.json({ data: { total_credits: nanoToNumber(bought), total_usage: nanoToNumber(costNano) } });
  });

  app.get('/organization/members', managementKey(state), (c) => {
    if (state.switches.account === 'personal') throw new ApiError(404, 'Organization not found');
    return c.json(page(c, state.members));
  });
  return app;
}

function callerView(state: OpenRouterState, caller: Caller): Record<string, unknown> {
  const isManagement = caller.kind === 'management';
  const key = caller.kind === 'inference' ? caller.key : null;
  const windows = key ? state.ledger.windows(key.hash, state.now()) : NOTHING;
  return {
    label: maskedLabel(caller.key.secret),
    limit: key?.limit ?? null,
    limit_remaining: key ? remaining(state, key, windows) : null,
    limit_reset: key?.limitReset ?? null,
    ...counters(windows),
    include_byok_in_limit: key?.includeByokInLimit ?? false,
    is_free_tier: false,
    is_management_key: isManagement,
    is_provisioning_key: isManagement,
    creator_user_id: caller.key.creatorUserId,
    organization_id: state.switches.account === 'organization' ? state.organizationId : null,
    workspace_id: key?.workspaceId ?? null,
    expires_at: key?.expiresAt ? new Date(key.expiresAt).toISOString() : null,
    allowed_data_regions: ['global'],
    free_model_daily_requests: { limit: 1000, used: 0, remaining: 1000 },
    rate_limit: { interval: '1h', note: 'This field is deprecated and safe to ignore.', requests: -1 },
  };
}
