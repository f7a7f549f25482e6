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
  // In development Next logs what actions are called with: passwords and management keys among it.
  logging: { serverFunctions: false },
  reactStrictMode: true,
  compress: true,
  typedRoutes: false,
  // Types are a stage of `npm test`; checking them again would add a third to everyone's first start.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: fileURLToPath(new URL('.', import.meta.url)) },
  // Measured on the key table: a cold page asked for twenty scripts, most of a few kilobytes. Sizes are bytes of source.
  experimental: {
    turbopackChunking: {
      minChunkSize: 150_000,
      maxMergeChunkSize: 600_000,
      maxChunkCountPerGroup: 8,
      requestCost: 800_000,
      priorityRoutes: [/^\/keys$/, /^\/sign-in$/, /^\/spend$/],
    },
  },
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
