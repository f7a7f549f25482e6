import type { Metadata } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { PasswordForm } from '@/components/account/password-form';
import { ProfileForm } from '@/components/account/profile-form';
import { SessionList } from '@/components/account/session-list';
import { ThemeChoice } from '@/components/account/theme-choice';
import { AuditTable } from '@/components/audit/audit-table';
import { PageFrame, Panel } from '@/components/layout/page-frame';
import { MailChoices } from '@/components/notifications/mail-choices';
import { KeyValueList } from '@/components/ui/key-value-list';
import { getSessionId } from '@/lib/auth/get-actor';
import { requirePageContext } from '@/lib/auth/require-page-context';
import { sessionIdleMinutes } from '@/lib/auth/sign-in-settings';
import { reachOf } from '@/lib/domain/people/permission';
import { roleWords } from '@/lib/domain/people/role';
import { listOwnAudit } from '@/lib/server/audit/list-own-audit';
import { getMailChoices } from '@/lib/server/notifications/mail-choices';
import { getProfile } from '@/lib/server/people/get-profile';
import { listSessions } from '@/lib/server/people/list-sessions';

export const metadata: Metadata = { title: 'My account' };

export default async function AccountPage() {
  const context = await requirePageContext();
  const profile = await getProfile(context);
  const mailChoices = await getMailChoices(context);
  const sessions = await listSessions(context, {
    userId: profile.id,
    currentSessionId: await getSessionId(),
    idleMinutes: sessionIdleMinutes(),
  });
  const done = await listOwnAudit(context);
  const role = roleWords[profile.role];
  return (
    <PageFrame title="My account" meta={profile.email}>
      <div className="grid max-w-4xl items-start gap-4 md:grid-cols-2">
        <Part title="Profile">
          <ProfileForm name={profile.name} />
          <KeyValueList
            items={[
              { label: 'Role', value: role.name },
              { label: 'Teams', value: profile.teams.length > 0 ? profile.teams.join(', ') : 'None' },
              { label: 'Signs in by', value: waysIn(profile.hasPassword, profile.hasSingleSignOn) },
            ]}
          />
        </Part>
        <Part title="Password">
          {profile.hasPassword ? (
            <PasswordForm email={profile.email} />
          ) : (
            <p className="text-muted">You sign in through single sign-on and have no password here.</p>
          )}
        </Part>
        <Part title="Sessions">
          <SessionList userId={profile.id} sessions={sessions} now={context.now().getTime()} />
        </Part>
        <Part title="Appearance">
          <ThemeChoice />
        </Part>
        <div id="mail" className="scroll-mt-16 md:col-span-2">
          <Part title="Also by email">
            <MailChoices choices={mailChoices} />
          </Part>
        </div>
      </div>
      <section aria-labelledby="what-you-did" className="flex flex-col gap-2">
        <div className="flex items-baseline justify-between gap-3">
          <h2 id="what-you-did" className="font-semibold text-base">
            What you did lately
          </h2>
          {reachOf(profile.role, 'audit.read') === null ? null : (
            <Link
              href={`/audit?person=${profile.id}`}
              prefetch={false}
              className="rounded-tag text-accent text-xs underline underline-offset-2"
            >
              In the audit log
            </Link>
          )}
        </div>
        {done.length === 0 ? (
          <p className="rounded-panel border border-line bg-panel px-3.5 py-3 text-muted">
            Nothing yet. What you change will stand here.
          </p>
        ) : (
          <AuditTable rows={done} now={context.now().getTime()} />
        )}
      </section>
    </PageFrame>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Panel className="flex flex-col gap-4">
      <h2 className="font-semibold text-base">{title}</h2>
      {children}
    </Panel>
  );
}

function waysIn(hasPassword: boolean, hasSingleSignOn: boolean): string {
  if (hasPassword && hasSingleSignOn) return 'Password or single sign-on';
  return hasSingleSignOn ? 'Single sign-on' : 'Password';
}
