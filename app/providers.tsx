'use client';

import { MutationCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { ThemeProvider } from 'next-themes';
import { type ReactNode, useState } from 'react';

interface ProvidersProps {
  nonce: string | undefined;
  children: ReactNode;
}

function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    defaultOptions: { queries: { staleTime: 30_000 } },
    // What one does oneself may be something that one is told of, so the bell looks at once.
    mutationCache: new MutationCache({
      onSuccess: () => {
        void client.invalidateQueries({ queryKey: ['notifications', 'unread'] });
      },
    }),
  });
  return client;
}

export function Providers({ nonce: currentNonce, children }: ProvidersProps) {
  // A soft navigation brings a newer nonce, which the loaded document would reject.
  const [nonce] = useState(() => {
    if (currentNonce && typeof window !== 'undefined') setNonce(currentNonce);
    return currentNonce;
  });
  const [queryClient] = useState(createQueryClient);

  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      {...(nonce ? { nonce } : {})}
    >
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </ThemeProvider>
  );
}
