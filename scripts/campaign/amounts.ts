import type { Slot } from './sight';
import type { WorldVendor } from './world';

/** A limit that nobody else in the campaign sets, so that every effect can be told from every other. */
export function ownAmount({ serial }: Pick<Slot, 'serial'>): number {
  return Number((20 + serial() / 100).toFixed(2));
}

/** A limit that this provider can set. */
export function drawLimit(slot: Slot, vendor: WorldVendor) {
  const { random } = slot;
  if (random.next() < 0.04) return { kind: 'unlimited' as const };
  const isMonthly = vendor.provider === 'requesty' || random.next() < 0.6;
  const period = isMonthly ? ('monthly' as const) : random.pick(['daily', 'weekly', 'total'] as const);
  return { kind: 'capped' as const, amount: String(ownAmount(slot)), period };
}
