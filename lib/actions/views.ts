'use server';

import type { z } from 'zod';
import {
  createViewSchema,
  deleteViewSchema,
  listViewsSchema,
  updateViewSchema,
} from '@/lib/domain/views/saved-view';
import { createView } from '@/lib/server/views/create-view';
import { deleteView } from '@/lib/server/views/delete-view';
import { listViews } from '@/lib/server/views/list-views';
import { updateView } from '@/lib/server/views/update-view';
import { runAction } from './run-action';

export async function listViewsAction(input: z.input<typeof listViewsSchema>) {
  return runAction(listViewsSchema, input, listViews);
}

export async function createViewAction(input: z.input<typeof createViewSchema>) {
  return runAction(createViewSchema, input, createView);
}

export async function updateViewAction(input: z.input<typeof updateViewSchema>) {
  return runAction(updateViewSchema, input, updateView);
}

export async function deleteViewAction(input: z.input<typeof deleteViewSchema>) {
  return runAction(deleteViewSchema, input, deleteView);
}
