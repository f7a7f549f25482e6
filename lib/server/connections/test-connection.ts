import 'server-only';
import { baseUrlFault } from '@/lib/domain/connections/base-url';
import type { TestConnectionInput } from '@/lib/domain/connections/connection-input';
import type { ConnectionReportView } from '@/lib/domain/connections/connection-view';
import { providerWords } from '@/lib/domain/connections/provider-kind';
import { ProviderError } from '@/lib/providers/provider-error';
import { toReadError } from '../changes/change-failure';
import { requirePermission, type ServerContext } from '../context';
import { AppError, invalidField } from '../errors';

/**
 * Looks at what a management key can do, before anything is stored. Throws `forbidden`, `invalid` for an address
 * that is not accepted, `provider_refused` and `provider_unavailable`; faults come back beside their field.
 */
export async function testConnection(
  context: ServerContext,
  { provider, baseUrl, managementKey }: TestConnectionInput,
): Promise<ConnectionReportView> {
  requirePermission(context, 'connections.write');
  await requireReachable(context, baseUrl);
  try {
    return await context.providers.try({ provider, baseUrl, managementKey }).reads.inspect();
  } catch (error) {
    const readError = toReadError(error, providerWords[provider].name);
    const field = faultyField(error);
    throw new AppError(readError.code, readError.message, {
      fieldErrors: field === null ? undefined : { [field]: [readError.message] },
      cause: error,
    });
  }
}

/** Refuses an address by its form, and one whose name leads where Keyward must not call. */
async function requireReachable({ providers: { outbound } }: ServerContext, baseUrl: string): Promise<void> {
  const fault =
    baseUrlFault(baseUrl, outbound.isPrivateAllowed) ?? (await outbound.findFault(new URL(baseUrl)));
  if (fault) throw invalidField('baseUrl', fault);
}

/** The field that a person would mend; null for what passes by itself. */
function faultyField(error: unknown): 'managementKey' | 'baseUrl' | null {
  if (!(error instanceof ProviderError)) return null;
  switch (error.kind) {
    case 'unauthorized':
    case 'forbidden':
      return 'managementKey';
    case 'rate_limited':
      return null;
    default:
      return 'baseUrl';
  }
}
