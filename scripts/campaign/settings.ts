import { z } from 'zod';

const settingsSchema = z.object({
  rounds: z.number(),
  seconds: z.number(),
  seed: z.string(),
  folder: z.string(),
  databaseUrl: z.string(),
});
export type Settings = z.output<typeof settingsSchema>;

/** What `npm run campaign` was told, as its first argument. */
export function readSettings(): Settings {
  return settingsSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
}
