import { isRecord } from '../shared/wire';
import type { OpenRouterEmulator } from './index';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: unknown;
}

/** One raw call with the management key, or with `key`; `key: null` sends no header. */
export async function call(
  emulator: Pick<OpenRouterEmulator, 'url' | 'managementKey'>,
  method: string,
  path: string,
  options: { body?: unknown; key?: string | null } = {},
): Promise<Answer> {
  const key = options.key === undefined ? emulator.managementKey : options.key;
  const response = await fetch(`${emulator.url}${path}`, {
    method,
    headers: {
      ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
      ...(options.body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    body: options.body === undefined ? undefined : JSON.stringify(options.body),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const body: unknown = isJson ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, text, body };
}

/** A call to `/__control`; throws when it is refused. */
export async function control(
  emulator: Pick<OpenRouterEmulator, 'controlUrl'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(`${emulator.controlUrl}${path}`, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const parsed: unknown = await response.json();
  if (!response.ok) throw new Error(`control ${path}: ${response.status} ${JSON.stringify(parsed)}`);
  return parsed;
}

/** A field of a JSON answer by dotted path. */
export function field(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((found, name) => {
    if (Array.isArray(found)) return found[Number(name)];
    return isRecord(found) ? found[name] : undefined;
  }, value);
}

export function rows(value: unknown, path = 'data'): Record<string, unknown>[] {
  const list = field(value, path);
  if (!Array.isArray(list)) throw new TypeError(`no list at ${path}`);
  return list.filter(isRecord);
}

/** Every key of the account, of all workspaces and pages, disabled and expired ones included. */
export async function allKeys(emulator: OpenRouterEmulator): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  for (const workspace of rows((await call(emulator, 'GET', '/workspaces')).body)) {
    for (let offset = 0; ; offset += 100) {
      const query = `workspace_id=${String(workspace.id)}&include_disabled=true&include_expired=true&offset=${offset}`;
      const page = rows((await call(emulator, 'GET', `/keys?${query}`)).body);
      found.push(...page);
      if (page.length < 100) break;
    }
  }
  return found;
}
