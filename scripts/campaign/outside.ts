import type { Prng } from '@/lib/emulators/shared/prng';
import type { World, WorldVendor } from './world';

/** A limit that nobody else in the campaign sets, so that every effect can be told from every other. */
export function ownAmount(world: World): number {
  world.serial += 1;
  return Number((20 + world.serial / 100).toFixed(2));
}

async function pickKey(vendor: WorldVendor, random: Prng) {
  const live = (await vendor.keys()).filter(
    ({ deletedAt, secret }) => deletedAt === null && secret !== vendor.managementKey,
  );
  return live.length === 0 ? null : random.pick(live);
}

/** Someone does something at the provider's own console. */
export async function changeOutside(world: World, random: Prng): Promise<void> {
  const { tally } = world;
  const vendor = random.pick(world.vendors);
  const kind = random.pick(['limit', 'limit', 'name', 'state', 'create', 'create alike', 'delete', 'spend']);
  const amount = ownAmount(world);
  const limit = vendor.provider === 'openrouter' ? { limit: amount } : { monthly_limit: String(amount) };
  const key = await pickKey(vendor, random);
  const name = `outside-${world.serial}`;
  if (kind === 'create' || key === null) await vendor.changeOutside({ op: 'create', name, ...limit });
  else if (kind === 'create alike') await vendor.changeOutside({ op: 'create', name: key.name, ...limit });
  else if (kind === 'limit') await vendor.changeOutside({ op: 'update', key: key.externalId, ...limit });
  else if (kind === 'name') await vendor.changeOutside({ op: 'update', key: key.externalId, name });
  else if (kind === 'delete') await vendor.changeOutside({ op: 'delete', key: key.externalId });
  else if (kind === 'spend') await vendor.spend(key.externalId, random.int(1, 50) / 100);
  else if (vendor.provider === 'openrouter') {
    await vendor.changeOutside({ op: 'update', key: key.externalId, disabled: !key.isDisabled });
  } else return;
  tally.outside.add(kind);
}
