import { PageFrame } from '@/components/layout/page-frame';
import { ButtonLink } from '@/components/ui/button-link';
import { NoPermissionState } from '@/components/ui/states';

interface ConnectionsClosedProps {
  title?: string;
  children?: string;
}

/** What a role without reach sees in place of a page about connections. */
export function ConnectionsClosed({
  title = 'Connections',
  children = 'Connections hold the management keys of providers. Admins and finance can open them.',
}: ConnectionsClosedProps) {
  return (
    <PageFrame title={title}>
      <NoPermissionState actions={<ButtonLink href="/">Go to the overview</ButtonLink>}>
        {children}
      </NoPermissionState>
    </PageFrame>
  );
}
