import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { z } from 'zod';

export interface EmulatorEnv {
  Bindings: HttpBindings;
}

export type EmulatorContext = Context<EmulatorEnv>;

/** The body as JSON; `undefined` for an empty or broken one. */
export async function jsonBody(c: { req: { text(): Promise<string> } }): Promise<unknown> {
  const text = await c.req.text();
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** `path: message` for every issue, as a server that validates with zod would print it. */
export function issueText(error: z.ZodError): string {
  return error.issues
    .map((issue) => (issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`))
    .join('; ');
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Removes the field at a dotted path (`data.0.name`, `data.*.name`) from a JSON value, in place. */
export function removeField(value: unknown, path: string): void {
  const [head = '', ...rest] = path.split('.');
  if (Array.isArray(value)) {
    if (head === '*') for (const item of value) removeField(item, rest.join('.'));
    else removeField(value[Number(head)], rest.join('.'));
    return;
  }
  if (!isRecord(value)) return;
  if (rest.length === 0) delete value[head];
  else removeField(value[head], rest.join('.'));
}
