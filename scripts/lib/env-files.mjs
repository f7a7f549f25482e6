import { existsSync } from 'node:fs';
import { inRoot } from './paths.mjs';

/** Takes settings from `.env.local` and `.env`; what the environment has already wins, as in Next itself. */
export function loadEnvFiles() {
  for (const name of ['.env.local', '.env']) {
    if (existsSync(inRoot(name))) process.loadEnvFile(inRoot(name));
  }
}
