'use client';

import { Panel } from '@/components/layout/page-frame';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { Notice } from '@/components/ui/notice';
import { useHydrated } from '@/components/ui/use-hydrated';
import { ConnectionFields } from './connection-fields';
import { ConnectionReport } from './connection-report';
import { useConnectionForm } from './use-connection-form';

/** Adds a connection: "Test" reports what a key can do, "Connect" stores it. */
export function ConnectionForm({ takenNames }: { takenNames: readonly string[] }) {
  const isHydrated = useHydrated();
  const { form, failure, report, isTesting, isConnecting, submit, testAgain } = useConnectionForm(takenNames);
  return (
    <div className="grid grid-cols-[minmax(0,26rem)_minmax(0,1fr)] items-start gap-4 max-lg:grid-cols-1">
      <Panel>
        <form
          method="post"
          noValidate
          className="flex flex-col gap-4"
          onSubmit={(event) => void submit(event)}
        >
          <ConnectionFields form={form} takenNames={takenNames} />
          {failure ? (
            <Notice tone="bad" live="assertive">
              {failure}
            </Notice>
          ) : null}
          <p className="text-muted text-xs">
            The key is stored encrypted, goes to this address only, and is never shown again.
          </p>
          <div className="flex flex-wrap items-center justify-end gap-2">
            <ButtonLink variant="ghost" href="/connections">
              Cancel
            </ButtonLink>
            {report ? (
              <>
                <Button pending={isTesting} disabled={isConnecting} onClick={() => void testAgain()}>
                  Test again
                </Button>
                <Button type="submit" variant="primary" pending={isConnecting} pendingText="Connecting…">
                  Connect
                </Button>
              </>
            ) : (
              <Button
                type="submit"
                variant="primary"
                disabled={!isHydrated}
                pending={isTesting || isConnecting}
                pendingText={isConnecting ? 'Connecting…' : 'Testing…'}
              >
                Test
              </Button>
            )}
          </div>
        </form>
      </Panel>
      <Panel>
        <h2 className="mb-2 font-semibold text-base">What the test found</h2>
        <div role="status">
          {report ? (
            <ConnectionReport report={report} />
          ) : (
            <p className="max-w-[56ch] text-muted">
              {isTesting
                ? 'Asking the provider…'
                : 'Nothing yet. The test asks the provider whose key this is, how many keys it sees, and what it may do. It stores nothing.'}
            </p>
          )}
        </div>
      </Panel>
    </div>
  );
}
