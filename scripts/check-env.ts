import { formatFaults, parseEnv } from '@/lib/env';

// Run with `tsx scripts/check-env.ts`: prints every fault of the settings, with what to do, and exits with 1.

const parsed = parseEnv(process.env);
if (!parsed.ok) {
  console.error(formatFaults(parsed.faults));
  process.exitCode = 1;
}
