import { requestyTarget } from '@/lib/testing/provider-contract/requesty-target';
import { describeProviderContract } from '@/lib/testing/provider-contract/suite';

describeProviderContract(requestyTarget('classic'));
