import { describe, expect, test, vi } from 'vitest';
import { ProviderError } from '@/lib/providers/provider-error';
import { AppError } from './errors';

/** The same modules once more, as Next loads them for pages, for routes and for instrumentation. */
async function loadCopies() {
  vi.resetModules();
  const server = await import('./errors');
  const providers = await import('@/lib/providers/provider-error');
  return { AppError: server.AppError, ProviderError: providers.ProviderError };
}

describe('errors that cross copies of their modules', () => {
  test('are known in each of them, with what they say', async () => {
    const copies = await loadCopies();
    expect(copies.AppError).not.toBe(AppError);
    const refusal: unknown = new copies.ProviderError('forbidden', 'updateKey', { status: 403 });
    expect(refusal instanceof ProviderError && refusal.kind).toBe('forbidden');
    expect(new copies.AppError('conflict', 'Not now.') instanceof AppError).toBe(true);
  });

  test('are told apart from each other and from any other error', () => {
    const refusal: unknown = new ProviderError('forbidden', 'updateKey');
    expect(refusal instanceof AppError).toBe(false);
    for (const other of [new Error('x'), { code: 'conflict' }, null, 'conflict']) {
      expect(other instanceof AppError).toBe(false);
      expect(other instanceof ProviderError).toBe(false);
    }
  });
});
