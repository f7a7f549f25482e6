import 'server-only';
import type { Capabilities } from '@/lib/domain/connections/capabilities';
import type { Generation, ProviderKind } from '@/lib/domain/connections/provider-kind';
import { createOpenRouterProvider, openRouterCapabilities } from './openrouter/provider';
import type { Provider, ProviderConfig } from './port';
import { createRequestyProvider, requestyCapabilities } from './requesty/provider';

/** The adapter of a vendor, made ready for one connection. */
export function openProvider(kind: ProviderKind, config: ProviderConfig): Provider {
  switch (kind) {
    case 'openrouter':
      return createOpenRouterProvider(config);
    case 'requesty':
      return createRequestyProvider(config);
  }
}

/** What a vendor's API of one generation can do, without opening a connection. */
export function capabilitiesOf(kind: ProviderKind, generation: Generation): Capabilities {
  switch (kind) {
    case 'openrouter':
      return openRouterCapabilities;
    case 'requesty':
      return requestyCapabilities[generation];
  }
}
