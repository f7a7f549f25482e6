import type { Prng } from './prng';

export interface Person {
  id: string;
  email: string;
  firstName: string | null;
  lastName: string | null;
  isAdmin: boolean;
}

const FIRST =
  'Amara Jonas Priya Lena Mateo Sofia Noah Yuki Elif Tomasz Ingrid Omar Chiara Felix Nadia Hugo'.split(' ');
const LAST =
  'Okafor Lindqvist Raman Vogel Herrera Rossi Bennett Tanaka Demir Nowak Halvorsen Haddad Moretti Brandt Petrova Laurent'.split(
    ' ',
  );

/** Members of one organization; the first is an admin. `idOf` makes a vendor's own form of user id. */
export function seedPeople(prng: Prng, count: number, idOf: (index: number) => string): Person[] {
  return Array.from({ length: count }, (_, index) => {
    const first = FIRST[index % FIRST.length] ?? 'Amara';
    const last = LAST[(index * 7 + Math.floor(index / FIRST.length)) % LAST.length] ?? 'Okafor';
    const round = Math.floor(index / FIRST.length);
    const unnamed = index > 3 && prng.next() < 0.1;
    return {
      id: idOf(index),
      email: `${first}.${last}${round === 0 ? '' : round + 1}@example.com`.toLowerCase(),
      firstName: unnamed ? null : first,
      lastName: unnamed ? null : last,
      isAdmin: index === 0 || prng.next() < 0.12,
    };
  });
}

const PURPOSES = [
  'checkout-assistant',
  'support-triage',
  'search-rerank',
  'nightly-evals',
  'docs-translate',
  'invoice-extract',
  'lead-scoring',
  'release-notes',
  'code-review-bot',
  'onboarding-coach',
  'churn-signals',
  'product-tagging',
  'contract-summaries',
  'call-transcripts',
  'email-drafts',
  'image-captions',
  'data-catalog',
  'incident-digest',
  'pricing-research',
  'faq-answers',
  'sql-assistant',
  'resume-screening',
  'ad-copy',
  'sentiment-feed',
  'legal-redlines',
  'meeting-minutes',
  'fraud-review',
  'recipe-parser',
  'moderation',
  'voice-agent',
];
const STAGES = ['prod', 'staging', 'dev', 'eu', 'us', 'batch', 'canary', 'internal'];

/** Unique names of keys, plain ones first, then with a stage, then numbered. */
export function keyNames(prng: Prng, count: number): string[] {
  const combined = PURPOSES.flatMap((purpose) => STAGES.map((stage) => `${purpose}-${stage}`));
  for (let index = combined.length - 1; index > 0; index -= 1) {
    const other = prng.int(0, index);
    const here = combined[index] ?? '';
    combined[index] = combined[other] ?? '';
    combined[other] = here;
  }
  const pool = [...PURPOSES, ...combined];
  return Array.from({ length: count }, (_, index) => {
    const name = pool[index % pool.length] ?? 'key';
    const round = Math.floor(index / pool.length);
    return round === 0 ? name : `${name}-${round + 1}`;
  });
}
