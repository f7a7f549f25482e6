import { Hono } from 'hono';
import { accountRoutes } from './account-routes';
import { activityRoutes } from './activity-routes';
import { analyticsRoutes } from './analytics-routes';
import { ApiError } from './api-error';
import type { AppContext, AppEnv } from './app-env';
import { byokRoutes } from './byok-routes';
import { chatRoutes } from './chat-routes';
import { guardrailsRoutes } from './guardrails-routes';
import { keysRoutes } from './keys-routes';
import type { OpenRouterState } from './state';
import { workspacesRoutes } from './workspaces-routes';

/** OpenRouter's API under `/api/v1`, with its own error envelope. */
export function openRouterApi(state: OpenRouterState): Hono<AppEnv> {
  const app = new Hono<AppEnv>().basePath('/api/v1');
  app.route('/', accountRoutes(state));
  app.route('/keys', keysRoutes(state));
  app.route('/activity', activityRoutes(state));
  app.route('/analytics', analyticsRoutes(state));
  app.route('/workspaces', workspacesRoutes(state));
  app.route('/guardrails', guardrailsRoutes(state));
  app.route('/byok', byokRoutes(state));
  app.route('/chat/completions', chatRoutes(state));
  app.notFound((c) => errorAnswer(c, new ApiError(404, 'Not Found')));
  app.onError((error, c) => {
    if (error instanceof ApiError) return errorAnswer(c, error);
    process.stderr.write(`${error.stack ?? error.message}\n`);
    return errorAnswer(c, new ApiError(500, 'Internal Server Error'));
  });
  return app;
}

function errorAnswer(c: AppContext, error: ApiError): Response {
  const caller: AppContext['var']['caller'] | undefined = c.get('caller');
  return c.json(error.body(caller?.key.creatorUserId ?? null), error.status);
}
