import { z } from 'zod';

const columnIdSchema = z.string().regex(/^[a-zA-Z][a-zA-Z0-9_]{0,39}$/);

/** Which columns of one table a person hides, and in which order the others stand. */
export const tablePreferenceSchema = z.object({
  order: z.array(columnIdSchema).max(60).default([]),
  hidden: z.array(columnIdSchema).max(60).default([]),
});
export type TablePreference = z.infer<typeof tablePreferenceSchema>;

/** What a person keeps from visit to visit; tables by the name of their page. */
export const preferencesSchema = z.object({
  tables: z.record(columnIdSchema, tablePreferenceSchema).default({}),
  /** By topic: whether it comes by email too, where the person chose. */
  mail: z.record(z.string().max(60), z.boolean()).default({}),
});
export type Preferences = z.infer<typeof preferencesSchema>;

export const updatePreferencesSchema = z.object({
  table: columnIdSchema,
  preference: tablePreferenceSchema,
});
export type UpdatePreferencesInput = z.infer<typeof updatePreferencesSchema>;

/** What a stored value means; one that no longer fits counts as none. */
export function readPreferences(stored: unknown): Preferences {
  const parsed = preferencesSchema.safeParse(stored);
  return parsed.success ? parsed.data : { tables: {}, mail: {} };
}
