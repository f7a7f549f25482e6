import 'server-only';
import { notFound } from 'next/navigation';
import { type Permission, reachOf } from '@/lib/domain/people/permission';
import type { ServerContext } from '@/lib/server/context';
import { AppError } from '@/lib/server/errors';
import { requirePageContext } from './require-page-context';

/**
 * Answers with the not-found page when `look` throws `not_found`. It stands in a layout, above the page's loading
 * state: once that is sent, the answer's HTTP status is too. A role without the permission is told so by the page.
 */
export async function requireFound(
  permission: Permission,
  look: (context: ServerContext) => Promise<void>,
): Promise<void> {
  const context = await requirePageContext();
  if (reachOf(context.actor.role, permission) === null) return;
  try {
    await look(context);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
}
