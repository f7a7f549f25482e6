import { writeKeyFilters } from '@/lib/domain/keys/key-filters';
import { type AttentionKind, attentionFilters } from '@/lib/domain/overview/key-attention';

/** The key table with exactly the keys that a count counts. */
export function attentionHref(kind: AttentionKind): string {
  const search = new URLSearchParams();
  for (const [name, text] of Object.entries(writeKeyFilters(attentionFilters[kind]))) {
    if (text !== null) search.set(name, text);
  }
  return `/keys?${search.toString()}`;
}
