import { expect, it } from 'vitest';
import { STOPPING_CAP } from '@/lib/domain/requests/decide-needs';
import { capabilitiesOf } from './registry';

it.each([
  ['openrouter', 'current'],
  ['requesty', 'classic'],
  ['requesty', 'current'],
] as const)('a key of %s (%s) that Keyward stops by its cap counts as stopped', (kind, generation) => {
  expect(capabilitiesOf(kind, generation).lowestCap).toBe(STOPPING_CAP);
});
