import 'server-only';
import type { LastHour } from '@/lib/domain/keys/key-use';
import { ProviderError } from '@/lib/providers/provider-error';
import { log } from '@/lib/utils/log';
import type { ServerContext } from '../context';
import { loadKey } from './load-key';

const HOUR_MS = 3_600_000;
/** A person waits with a dialog open. */
const PATIENCE_MS = 8_000;

/**
 * Requests of the last hour, asked of the provider this moment; null where it tells days only, or could not be
 * asked in time.
 */
export async function countLastHour(
  context: ServerContext,
  input: { keyId: number },
): Promise<LastHour | null> {
  const { key, connection, capabilities } = await loadKey(context, 'keys.read', input.keyId);
  if (!capabilities.usageByHour.can || connection.state !== 'active') return null;
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const since = new Date(context.now().getTime() - HOUR_MS);
  try {
    const provider = await context.providers.open(connection);
    const counted = await provider.reads.countRequests(key.externalId, since, { signal });
    return {
      requests: counted.requests,
      since: counted.since.toISOString(),
      isExact: counted.since.getTime() === since.getTime(),
    };
  } catch (error) {
    if (!(error instanceof ProviderError) && !signal.aborted) throw error;
    const kind = error instanceof ProviderError ? error.kind : 'timeout';
    log.warn({ kind, keyId: key.id }, 'The requests of the last hour could not be counted');
    return null;
  }
}
