import type { Prng } from '@/lib/emulators/shared/prng';
import { ownAmount } from './amounts';
import type { Slot } from './sight';
import type { WorldVendor } from './world';

async function pickKey(vendor: WorldVendor, random: Prng) {
  const live = (await vendor.keys()).filter(
    ({ deletedAt, secret }) => deletedAt === null && secret !== vendor.managementKey,
  );
  return live.length === 0 ? null : random.pick(live);
}

/** Someone does something at the provider's own console. */
export async function changeOutside(slot: Pick<Slot, 'world' | 'random' | 'serial'>): Promise<void> {
  const { world, random, serial } = slot;
  const vendor = random.pick(world.vendors);
  const kind = random.pick(['limit', 'limit', 'name', 'state', 'create', 'create alike', 'delete', 'spend']);
  const amount = ownAmount(slot);
  const limit = vendor.provider === 'openrouter' ? { limit: amount } : { monthly_limit: String(amount) };
  const key = await pickKey(vendor, random);
  const name = `outside-${serial()}`;
  if (kind === 'create' || key === null) await vendor.changeOutside({ op: 'create', name, ...limit });
  else if (kind === 'create alike') await vendor.changeOutside({ op: 'create', name: key.name, ...limit });
  else if (kind === 'limit') await vendor.changeOutside({ op: 'update', key: key.externalId, ...limit });
  else if (kind === 'name') await vendor.changeOutside({ op: 'update', key: key.externalId, name });
  else if (kind === 'delete') await vendor.changeOutside({ op: 'delete', key: key.externalId });
  else if (kind === 'spend') await vendor.spend(key.externalId, random.int(1, 50) / 100);
  else if (vendor.provider === 'openrouter') {
    await vendor.changeOutside({ op: 'update', key: key.externalId, disabled: !key.isDisabled });
  } else return;
  world.tally.outside.add(kind);
}
