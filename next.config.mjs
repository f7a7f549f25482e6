import { fileURLToPath } from 'node:url';
import { PHASE_DEVELOPMENT_SERVER } from 'next/constants.js';

const staticHeaders = {
  source: '/_next/static/:path*',
  headers: [
    { key: 'X-Content-Type-Options', value: 'nosniff' },
    { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  ],
};

/** @type {(phase: string) => import('next').NextConfig} */
const config = (phase) => ({
  distDir: process.env.KEYWARD_DIST_DIR ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  compress: true,
  typedRoutes: false,
  turbopack: { root: fileURLToPath(new URL('.', import.meta.url)) },
  serverExternalPackages: [
    '@electric-sql/pglite',
    '@electric-sql/pglite-socket',
    '@node-rs/argon2',
    'pg',
    'pg-boss',
    'pino',
  ],
  // `next dev` serves one of its scripts as JSON. All that is not static gets its headers from proxy.ts.
  headers: async () => (phase === PHASE_DEVELOPMENT_SERVER ? [] : [staticHeaders]),
});

export default config;
