import { openRouterTarget } from '@/lib/testing/provider-contract/openrouter-target';
import { describeProviderContract } from '@/lib/testing/provider-contract/suite';

describeProviderContract(openRouterTarget);
