'use client';

import './globals.css';

interface GlobalErrorProps {
  error: Error & { digest?: string };
  retry: () => void;
}

/** Stands in for the root layout when that one fails; it must not lean on anything the layout provides. */
export default function GlobalError({ error, retry }: GlobalErrorProps) {
  return (
    <html lang="en">
      <body className="bg-paper font-sans text-ink">
        <title>Keyward stopped</title>
        <main className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-3 p-6">
          <h1 className="font-semibold text-xl">This page stopped working</h1>
          <p className="text-muted">
            Nothing was changed by that. Try again; if it stays so, the log of the server has the reason
            {error.digest ? (
              <>
                {' '}
                under <code className="font-mono text-xs">{error.digest}</code>
              </>
            ) : null}
            .
          </p>
          {/* Written out: this page comes along with every other, and would bring a copy of the button's code. */}
          <button
            type="button"
            onClick={() => retry()}
            className="inline-flex h-8 items-center rounded-control bg-accent px-3 font-semibold text-on-accent text-sm hover:bg-accent-strong"
          >
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
