type Progress = { readonly kind: 'keys' | 'usage'; readonly done: number; readonly total: number | null };

const count = new Intl.NumberFormat('en-US');

/** What a running read is doing: "1,200 keys read" or "usage: 41%". */
export function readProgressText({ kind, done, total }: Progress): string {
  if (kind === 'keys') return `${count.format(done)} ${done === 1 ? 'key' : 'keys'} read`;
  if (total === null || total === 0) return 'usage: starting';
  return `usage: ${Math.min(100, Math.floor((100 * done) / total))}%`;
}
