'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { PageFrame } from '@/components/layout/page-frame';
import { Badge } from '@/components/ui/badge';
import { Notice } from '@/components/ui/notice';
import { keyDetailQuery } from '@/lib/client/keys';
import { outcomeErrorOf } from '@/lib/client/outcome';
import type { KeyDetail } from '@/lib/domain/keys/key-detail';
import { decodeKeysTable, type KeyRow } from '@/lib/domain/keys/keys-table';
import { decodeRecentSpend } from '@/lib/domain/keys/recent-spend';
import { utcDayOf } from '@/lib/domain/periods/utc-day';
import type { KeyRotation } from '@/lib/domain/rotation/rotation-view';
import { formatDateTime, formatMonth } from '@/lib/utils/format-date';
import { type KeyDialog, KeyDialogs } from '../key-dialogs';
import { OpenChanges } from '../open-changes';
import { RotationPanel } from '../rotation/rotation-panel';
import { statusWords } from '../table/status-words';
import { DeletionBanner } from './deletion-banner';
import { type KeyAbilities, KeyActions } from './key-actions';
import { KeyFacts } from './key-facts';
import { KeyHistory } from './key-history';
import { KeyLimitPanel } from './key-limit-panel';
import { KeyUsagePanel } from './key-usage-panel';

interface KeyPageProps {
  keyId: number;
  /** What the server drew the page with. */
  initial: KeyDetail;
  can: KeyAbilities;
  /** Its line of succession and its rotation, as the server drew the page. */
  rotation: KeyRotation;
  /** What others have to say of this key, over everything else: raises that hold, changes made outside. */
  banners?: ReactNode;
  /** What others have to say of this key, under its facts. */
  aside?: ReactNode;
}

function useKeyDetail({ keyId, initial }: KeyPageProps) {
  const query = useQuery({
    ...keyDetailQuery(keyId),
    initialData: initial,
    initialDataUpdatedAt: Date.parse(initial.table.asOf),
    staleTime: 30_000,
    refetchInterval: 60_000,
  });
  const detail = query.data;
  const view = useMemo(() => {
    const [row] = decodeKeysTable(detail.table);
    if (!row) throw new Error('a key came without its row');
    return { row, recent: decodeRecentSpend(detail.recent), nowMs: Date.parse(detail.table.asOf) };
  }, [detail]);
  return { ...view, detail, error: query.error };
}

/** A dialog, and the focus back to what opened it once it is closed. */
function useKeyDialog() {
  const [dialog, setDialog] = useState<KeyDialog>(null);
  const opener = useRef<HTMLElement | null>(null);
  const open = useCallback((wanted: KeyDialog, from: HTMLElement | null) => {
    opener.current = from;
    setDialog(wanted);
  }, []);
  const close = useCallback(() => {
    setDialog(null);
    // After the dialog has let go of the focus.
    setTimeout(() => opener.current?.focus());
  }, []);
  return { dialog, open, close };
}

export function KeyPage(props: KeyPageProps) {
  const { keyId, can } = props;
  const { row, recent, nowMs, detail, error } = useKeyDetail(props);
  const { dialog, open, close } = useKeyDialog();
  const status = statusWords(row, recent, nowMs);
  const month = formatMonth(detail.table.month).split(' ')[0] ?? '';
  return (
    <PageFrame
      title={row.name}
      breadcrumb={
        <Link href="/keys" className="rounded-tag hover:underline">
          Keys
        </Link>
      }
      meta={
        <>
          <Badge tone={status.tone} title={status.explains}>
            {status.label}
          </Badge>
          {row.label ? <span className="ml-2 font-mono text-xs">{row.label}</span> : null}
        </>
      }
      actions={<KeyActions row={row} can={can} onAct={(kind, opener) => open({ kind, row }, opener)} />}
    >
      <StandingNotice row={row} detail={detail} />
      <DeletionBanner row={row} askedByName={detail.deleteAskedByName} canUndo={can.delete} />
      {/* Alone in its box: among siblings React asks what the server drew for a key. */}
      <div className="flex flex-col gap-2 empty:hidden">{props.banners}</div>
      <OpenChanges keyId={keyId} />
      <RotationPanel keyId={keyId} initial={props.rotation} canSteer={can.delete} />
      {error ? (
        <Notice tone="warn" live="polite" title="This page could not be refreshed.">
          {outcomeErrorOf(error).message} What you see is from {formatDateTime(nowMs)}.
        </Notice>
      ) : null}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_340px]">
        <div className="flex min-w-0 flex-col gap-4">
          <KeyLimitPanel
            row={row}
            recent={recent}
            binds={detail.table.binds}
            month={month}
            nowMs={nowMs}
            canAsk={can.ask && !can.update}
          />
          <KeyUsagePanel
            row={row}
            today={utcDayOf(new Date(nowMs))}
            hasLine={props.rotation.line.length > 1}
          />
          <KeyHistory keyId={keyId} detail={detail} nowMs={nowMs} canReadAudit={can.readAudit} />
        </div>
        <section aria-labelledby="key-facts" className="flex min-w-0 flex-col gap-2">
          <h2 id="key-facts" className="sr-only">
            Facts
          </h2>
          <KeyFacts row={row} detail={detail} nowMs={nowMs} canReadConnections={can.readConnections} />
          <div className="empty:hidden">{props.aside}</div>
        </section>
      </div>
      <KeyDialogs dialog={dialog} onClose={close} table={detail.table} />
    </PageFrame>
  );
}

/** Why nothing can be changed, where that is so. */
function StandingNotice({ row, detail }: { row: KeyRow; detail: KeyDetail }) {
  const { connection } = row;
  if (detail.deletedAt) {
    return (
      <Notice tone="warn" title={`Deleted on ${formatDateTime(detail.deletedAt)}.`}>
        It cannot be used or changed any more. Its spend and its changes stay here.
      </Notice>
    );
  }
  if (detail.goneAt) {
    return (
      <Notice tone="warn" title={`No longer found at ${connection.name}.`}>
        Missed since {formatDateTime(detail.goneAt)}: it was deleted there or moved out of sight. Its spend
        and its changes stay here.
      </Notice>
    );
  }
  if (row.isOwnKey) {
    return (
      <Notice title="Keyward’s own key.">
        Keyward reaches {connection.name} with it, so it can be neither disabled nor deleted here. Give the
        connection another management key first.
      </Notice>
    );
  }
  if (connection.state === 'active') return null;
  return (
    <Notice title={`${connection.name} is ${connection.state}.`}>
      {connection.state === 'paused'
        ? 'Nothing is read or changed there until it is resumed.'
        : 'Nothing can be read or changed there any more. What was known stays.'}
    </Notice>
  );
}
