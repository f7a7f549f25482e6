import { rm } from 'node:fs/promises';

export default async function globalTeardown(): Promise<void> {
  const template = process.env.KEYWARD_E2E_TEMPLATE;
  if (template) await rm(template, { recursive: true, force: true });
}
