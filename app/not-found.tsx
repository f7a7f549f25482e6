import type { Metadata } from 'next';
import { buttonVariants } from '@/components/ui/button-variants';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-3 p-6">
      <h1 className="font-semibold text-xl">Nothing is here</h1>
      <p className="text-muted">
        The address is wrong, or what it showed is gone or lies outside what you may see.
      </p>
      {/* A plain link: this page belongs to every other one, and the sign-in page would load its router code. */}
      <a href="/" className={buttonVariants({ variant: 'primary' })}>
        Go to the overview
      </a>
    </main>
  );
}
