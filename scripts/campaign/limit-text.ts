import type { Limit } from '@/lib/domain/limits/limit';

type Wire = {
  readonly limit?: number | string | null | undefined;
  readonly limitReset?: string | null | undefined;
};

/**
 * A limit in words that compare: `unlimited`, `blocked`, `12.5 monthly`. A text is Requesty's amount, where zero is
 * no limit; a number or null is OpenRouter's, where zero blocks.
 */
export function limitText({ limit, limitReset }: Wire): string {
  if (typeof limit === 'string') return Number(limit) === 0 ? 'unlimited' : `${Number(limit)} monthly`;
  if (limit === null || limit === undefined) return 'unlimited';
  return limit === 0 ? 'blocked' : `${limit} ${limitReset ?? 'total'}`;
}

export function textOfLimit(limit: Limit): string {
  return limit.kind === 'capped' ? `${Number(limit.amount)} ${limit.period}` : limit.kind;
}
