import 'server-only';
import { baseUrlFault, type TestConnectionInput } from '@/lib/domain/connections/connection-input';
import type { ConnectionReportView } from '@/lib/domain/connections/connection-view';
import { providerWords } from '@/lib/domain/connections/provider-kind';
import { ProviderError } from '@/lib/providers/provider-error';
import { toReadError } from '../changes/change-failure';
import { requirePermission, type ServerContext } from '../context';
import { AppError, invalidField } from '../errors';

/** Looks at what a management key can do, before anything is stored. Faults come back beside their field. */
export async function testConnection(
  context: ServerContext,
  input: TestConnectionInput,
): Promise<ConnectionReportView> {
  requirePermission(context, 'connections.write');
  const fault = baseUrlFault(input.baseUrl, context.providers.isLoopbackAllowed);
  if (fault) throw invalidField('baseUrl', fault);
  try {
    return await context.providers.try(input).reads.inspect();
  } catch (error) {
    const readError = toReadError(error, providerWords[input.provider].name);
    const isKeyFault =
      error instanceof ProviderError && (error.kind === 'unauthorized' || error.kind === 'forbidden');
    throw new AppError(readError.code, readError.message, {
      fieldErrors: { [isKeyFault ? 'managementKey' : 'baseUrl']: [readError.message] },
      cause: error,
    });
  }
}
