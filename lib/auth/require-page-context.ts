import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { UserActor } from '@/lib/domain/people/actor';
import { safeNextPath } from '@/lib/domain/people/sign-in';
import type { ServerContext } from '@/lib/server/context';
import { createServerContext } from '@/lib/server/runtime';
import { getActor } from './get-actor';
import { PATH_HEADER } from './request-headers';

export type PageContext = ServerContext & { readonly actor: UserActor };

/** What a page of the console reads with; sends whoever is not signed in to the sign-in page and back. */
export const requirePageContext = cache(async (): Promise<PageContext> => {
  const actor = await getActor();
  if (actor) return { ...createServerContext(actor), actor };
  const next = safeNextPath((await headers()).get(PATH_HEADER));
  redirect(next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`);
});
