import { z } from 'zod';

const stateSchema = z.object({
  keys: z.array(z.object({ name: z.string(), secret: z.string(), deletedAt: z.string().nullable() })),
});

/** Every key that an emulator ever held, as it truly is. */
export async function trueKeysOf(controlUrl: string) {
  const response = await fetch(`${controlUrl}/state`);
  return stateSchema.parse(await response.json()).keys;
}

/** Makes a change past the console, as someone would in the vendor's own pages. */
export async function changeOutside(controlUrl: string, change: object): Promise<void> {
  const response = await fetch(`${controlUrl}/outside`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  });
  if (!response.ok) throw new Error(`The emulator refused the change: ${await response.text()}`);
}
