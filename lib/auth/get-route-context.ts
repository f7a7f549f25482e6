import 'server-only';
import { createServerContext } from '@/lib/server/runtime';
import { getActor } from './get-actor';
import type { PageContext } from './require-page-context';

/** What a JSON or CSV route reads with; null when nobody is signed in. */
export async function getRouteContext(): Promise<PageContext | null> {
  const actor = await getActor();
  return actor ? { ...createServerContext(actor), actor } : null;
}
