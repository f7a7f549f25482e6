import { z } from 'zod';

export const viewPageSchema = z.enum(['keys']);
export type ViewPage = z.infer<typeof viewPageSchema>;

const nameSchema = z
  .string()
  .trim()
  .min(1, 'Give the view a name.')
  .max(60, 'Keep the name under 60 characters.');
const querySchema = z.string().max(2_000, 'These filters are too long to be kept.');

export const listViewsSchema = z.object({ page: viewPageSchema });

export const createViewSchema = z.object({ page: viewPageSchema, name: nameSchema, query: querySchema });
export type CreateViewInput = z.infer<typeof createViewSchema>;

/** What is left out stays as it is. */
export const updateViewSchema = z.object({
  viewId: z.uuid(),
  name: nameSchema.optional(),
  query: querySchema.optional(),
});
export type UpdateViewInput = z.infer<typeof updateViewSchema>;

export const deleteViewSchema = z.object({ viewId: z.uuid() });

/** A person's own filters and sorting of one page; `query` is the page's address without `?`. */
export type SavedView = { readonly id: string; readonly name: string; readonly query: string };
