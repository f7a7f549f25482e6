import { Hono } from 'hono';
import { rateLimitMiddleware } from '../shared/rate-limit';
import { jsonBody } from '../shared/wire';
import { analyticsMeta } from './analytics-fields';
import { parseAnalytics } from './analytics-input';
import { runAnalytics } from './analytics-query';
import { type AppEnv, managementKey } from './app-env';
import { refuseRate } from './refuse-rate';
import type { OpenRouterState } from './state';

/** /analytics/meta and /analytics/query. Unlike /activity it knows today. */
export function analyticsRoutes(state: OpenRouterState): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use(
    '*',
    rateLimitMiddleware(() => state.switches.analyticsPerMinute, refuseRate),
  );
  app.use('*', managementKey(state));
  app.get('/meta', (c) => c.json({ data: analyticsMeta }));
  app.post('/query', async (c) => {
    const began = performance.now();
    const query = parseAnalytics(state, await jsonBody(c));
    const { rows, truncated } = runAnalytics(state, query);
    const usesClassifiers =
      query.classifier_dimensions !== undefined || query.classifier_filters !== undefined;
    return c.json({
      data: {
        data: rows,
        metadata: {
          query_time_ms: Math.round(performance.now() - began),
          row_count: rows.length,
          truncated,
        },
        cachedAt: state.now(),
        warnings: usesClassifiers ? ['Classifiers are not emulated'] : [],
      },
    });
  });
  return app;
}
