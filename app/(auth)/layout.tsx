import type { ReactNode } from 'react';
import { BrandMark } from '@/components/layout/brand-mark';

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col items-center justify-center gap-6 p-4">
      <p className="flex items-center gap-2 font-semibold text-base">
        <BrandMark />
        Keyward
      </p>
      <main className="flex w-full max-w-[380px] flex-col gap-4 rounded-panel border border-line bg-panel p-6">
        {children}
      </main>
    </div>
  );
}
