import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import type { RouteEnv } from './emulator';
import { badRequest } from './errors';
import { type KeyPermissions, type ManageRight, MODALITIES, type Modality } from './types';

export type JsonBody = Record<string, unknown>;

/**
 * The body as a JSON object; `null` when there is none. Throws a 400.
 * That of a GET, which Requesty's usage pages show, is in the raw message only: a Fetch API Request has none.
 */
export async function readJsonBody(c: Context<RouteEnv>): Promise<JsonBody | null> {
  const text = c.req.method === 'GET' ? await readRaw(c.env.incoming) : await c.req.text();
  return text.trim() === '' ? null : asObject(parseJson(text));
}

/** Like {@link readJsonBody}, where the call is nothing without a body. Throws a 400. */
export async function requireJsonBody(c: Context<RouteEnv>): Promise<JsonBody> {
  const body = await readJsonBody(c);
  if (!body) throw badRequest('request body is required');
  return body;
}

async function readRaw(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('invalid JSON body');
  }
}

function asObject(value: unknown): JsonBody {
  if (!isObject(value)) throw badRequest('request body must be a JSON object');
  return value;
}

function isObject(value: unknown): value is JsonBody {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function requireText(body: JsonBody, field: string): string {
  const value = body[field];
  if (value === undefined || value === null) throw badRequest(`${field} is required`);
  if (typeof value !== 'string') throw badRequest(`${field} must be a string`);
  if (value.trim() === '') throw badRequest(`${field} must not be empty`);
  return value;
}

export function optionalText(body: JsonBody, field: string): string | null {
  return body[field] === undefined || body[field] === null ? null : requireText(body, field);
}

export function optionalBoolean(body: JsonBody, field: string): boolean | null {
  const value = body[field];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'boolean') throw badRequest(`${field} must be a boolean`);
  return value;
}

/** `permissions` is taken whole: both halves or none. */
export function optionalPermissions(body: JsonBody): KeyPermissions | null {
  const value = body.permissions;
  if (value === undefined || value === null) return null;
  if (!isObject(value)) throw badRequest('permissions must be an object');
  return { manage: requireRight(value, 'manage'), completions: requireRight(value, 'completions') };
}

function requireRight(permissions: JsonBody, half: string): ManageRight {
  const value = permissions[half];
  if (value === 'none' || value === 'read' || value === 'write') return value;
  throw badRequest(`permissions.${half} must be one of: none, read, write`);
}

export function requireLabels(body: JsonBody): Record<string, string> {
  const value = body.labels;
  if (value === undefined || value === null) throw badRequest('labels is required');
  if (!isObject(value)) throw badRequest('labels must be an object');
  const labels: Record<string, string> = {};
  for (const [name, label] of Object.entries(value)) {
    if (typeof label !== 'string') throw badRequest(`label ${name} must be a string`);
    labels[name] = label;
  }
  return labels;
}

export function requireRole(body: JsonBody): 'admin' | 'member' {
  const role = body.role;
  if (role === 'admin' || role === 'member') return role;
  throw badRequest('role must be one of: admin, member');
}

/** The modalities that the body names; each is an array of model ids. */
export function optionalModelLists(body: JsonBody): Partial<Record<Modality, string[]>> {
  const lists: Partial<Record<Modality, string[]>> = {};
  for (const modality of MODALITIES) {
    const value = body[modality];
    if (value === undefined || value === null) continue;
    if (!isModelList(value)) throw badRequest(`invalid model list: ${modality}`);
    lists[modality] = value;
  }
  return lists;
}

function isModelList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((model) => typeof model === 'string' && model.trim() !== '');
}
