/** The content of an audit row that its hash covers, in one fixed order. */
export type AuditContent = {
  readonly seq: number;
  readonly at: string;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly actorName: string;
  readonly actorRole: string | null;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string | null;
  readonly subjectName: string | null;
  readonly connectionId: number | null;
  readonly keyId: number | null;
  readonly changeId: string | null;
  readonly before: unknown;
  readonly after: unknown;
  readonly reason: string;
  readonly outcome: string;
  readonly requestId: string;
};

/**
 * JSON with sorted object keys, so that equal values always have equal text. Like JSON itself it leaves out
 * undefined members and takes a Date for its text, so that a value read back from JSON has the same text too.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (value instanceof Date) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
