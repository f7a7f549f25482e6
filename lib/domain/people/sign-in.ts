/** Why a sign-in did not happen. Only these words travel in an address. */
export const signInRefusals = ['wrong', 'throttled', 'unverified', 'no_role', 'taken', 'failed'] as const;
export type SignInRefusal = (typeof signInRefusals)[number];

export const signInRefusalWords: Record<SignInRefusal, string> = {
  wrong: 'The email address or the password is not right.',
  throttled: 'Too many tries. Wait a while, then try again.',
  unverified: 'Your sign-in service does not vouch for your email address, so this sign-in was not accepted.',
  no_role: 'Your sign-in service gives you no role in Keyward. Ask an admin.',
  taken: 'Your email address belongs to another sign-in. Ask an admin.',
  failed: 'The sign-in did not complete. Start it again.',
};

export type SignInAnswer = {
  readonly refusal: SignInRefusal;
  /** Seconds until a further try is looked at; only with `throttled`. */
  readonly waitSeconds: number | null;
};

/** A refusal as one word for an address: `wrong`, `throttled-32`. */
export function toRefusalCode(answer: SignInAnswer): string {
  return answer.waitSeconds === null ? answer.refusal : `${answer.refusal}-${answer.waitSeconds}`;
}

/** Reads what `toRefusalCode` wrote; anything else is `failed`. */
export function parseRefusalCode(code: string): SignInAnswer {
  const [word, seconds] = code.split('-');
  const refusal = signInRefusals.find((known) => known === word) ?? 'failed';
  const isWait = refusal === 'throttled' && seconds !== undefined && /^\d{1,6}$/.test(seconds);
  return { refusal, waitSeconds: isWait ? Number(seconds) : null };
}

/** What the person is told, with the wait in the largest fitting unit. */
export function describeRefusal(answer: SignInAnswer): string {
  const seconds = answer.waitSeconds;
  if (answer.refusal !== 'throttled' || seconds === null) return signInRefusalWords[answer.refusal];
  const wait = seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
  return `Too many tries. Wait ${wait}, then try again.`;
}

/** A path of this site to go on to after signing in; anything else becomes `/`. */
export function safeNextPath(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith('/')) return '/';
  if (next.startsWith('//') || next.includes('\\') || hasControlCharacter(next)) return '/';
  const base = 'https://keyward.invalid';
  if (!URL.canParse(next, base)) return '/';
  const url = new URL(next, base);
  if (url.origin !== base || url.pathname.startsWith('//')) return '/';
  const isDoor = /^\/(sign-in|setup|invite|api)(\/|$)/.test(url.pathname);
  return isDoor ? '/' : `${url.pathname}${url.search}${url.hash}`;
}

function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => character <= ' ' || character === '\u007f');
}
