'use client';

import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Table, TBody, Td, THead, Th, Tr } from '@/components/ui/table';
import { spendDimensionWords } from '@/lib/domain/spend/spend-query';
import type { SpendMember, SpendView } from '@/lib/domain/spend/spend-view';
import { formatPlural } from '@/lib/utils/format-number';
import { rangeText } from '@/lib/words/spend-words';
import { FigureCells, type SpendColumns } from './spend-cells';
import { spendColor } from './spend-chart-days';
import { SpendMemberName } from './spend-member-name';
import type { SpendControls } from './use-spend-choice';

interface SpendTableProps {
  view: SpendView;
  openKeysOf: SpendControls['openKeysOf'];
}

function columnsOf(view: SpendView): SpendColumns {
  return {
    previousLabel: `vs ${rangeText(view.previous)}`,
    hasKeys: view.total.keys !== null || view.by === 'team' || view.by === 'connection',
    hasForecast: view.forecast !== null,
  };
}

/** The same exact figures as the chart above it, in the same order and colours. */
export function SpendTable({ view, openKeysOf }: SpendTableProps) {
  const [areOthersShown, setAreOthersShown] = useState(false);
  const words = spendDimensionWords[view.by];
  const columns = columnsOf(view);
  const name = (member: SpendMember) => (
    <SpendMemberName member={member} by={view.by} openKeysOf={openKeysOf} />
  );
  const hidden = view.others.length;
  const folded = view.series.at(-1)?.member === null ? view.series.at(-1) : undefined;
  return (
    <Table cards aria-label={`Spend by ${words.one}`}>
      <THead>
        <Tr>
          <Th>{words.label}</Th>
          <Th align="right">Spend</Th>
          <Th>Share</Th>
          <Th align="right">{columns.previousLabel}</Th>
          {columns.hasKeys ? <Th align="right">Keys now</Th> : null}
          <Th align="right">Requests</Th>
          {columns.hasForecast ? <Th align="right">Month-end forecast</Th> : null}
        </Tr>
      </THead>
      <TBody>
        {view.series.map((series, at) => (
          <Tr key={series.member?.id ?? 'others'}>
            <Td>
              <span className="flex min-w-0 items-center gap-2">
                <span
                  aria-hidden="true"
                  className="size-2.5 shrink-0 rounded-[3px]"
                  style={{ background: spendColor(view, at) }}
                />
                {series.member ? (
                  name(series.member)
                ) : (
                  <button
                    type="button"
                    aria-expanded={areOthersShown}
                    onClick={() => setAreOthersShown(!areOthersShown)}
                    className="inline-flex items-center gap-1 rounded-tag font-semibold hover:text-accent"
                  >
                    {series.label}
                    {areOthersShown ? (
                      <ChevronDown aria-hidden="true" className="size-3.5" />
                    ) : (
                      <ChevronRight aria-hidden="true" className="size-3.5" />
                    )}
                  </button>
                )}
              </span>
            </Td>
            <FigureCells view={view} columns={columns} figures={series} color={spendColor(view, at)} />
          </Tr>
        ))}
        {areOthersShown
          ? view.others.map((member) => (
              <Tr key={`other-${member.id}`}>
                <Td>
                  <span className="block min-w-0 pl-4.5">{name(member)}</span>
                </Td>
                <FigureCells view={view} columns={columns} figures={member} color="var(--series-6)" />
              </Tr>
            ))
          : null}
      </TBody>
      <tfoot>
        <Tr className="border-t border-b-0">
          <Td>
            <span className="font-semibold">{`All ${words.many}`}</span>
            {areOthersShown && folded && folded.label !== formatPlural(hidden, `other ${words.one}`) ? (
              <span className="block text-muted text-xs">
                {`The ${hidden} largest of the others are listed; the CSV holds them all.`}
              </span>
            ) : null}
          </Td>
          <FigureCells view={view} columns={columns} figures={view.total} color={null} />
        </Tr>
      </tfoot>
    </Table>
  );
}
