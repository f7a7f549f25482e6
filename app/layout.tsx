import './globals.css';
import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { EarlyClicks } from '@/components/layout/early-clicks';
import { palette } from '@/tailwind.config';
import { Providers } from './providers';

export const metadata: Metadata = {
  title: { default: 'Keyward', template: '%s · Keyward' },
  description: 'One console for every API key held at your language-model providers.',
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: palette.light.paper },
    { media: '(prefers-color-scheme: dark)', color: palette.dark.paper },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <head>
        {/* Not in the metadata, which Next may stream after the browser has asked for /favicon.ico. */}
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <EarlyClicks nonce={nonce} />
      </head>
      <body className="bg-paper font-sans text-ink">
        <Providers nonce={nonce}>{children}</Providers>
      </body>
    </html>
  );
}
