import type { Effect } from '../vendor';
import type { Side } from './evidence';

/** Whether a call that tells this key was answered wholly between two effects. */
export function wasSeenBetween({ calls }: Side, effect: Effect, next: Effect): boolean {
  return calls.some(({ at, durationMs, method, path, status }) => {
    const from = Date.parse(at);
    const tells = path.endsWith(`/${effect.key}`) || /\/(keys|apikey)$/.test(path);
    return method === 'GET' && status === 200 && tells && from >= effect.at && from + durationMs <= next.at;
  });
}
