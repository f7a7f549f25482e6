'use client';

import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ChartTable, type ChartTableColumn, type ChartTableRow } from './chart-table';

interface ChartFigureProps {
  /** What is drawn: "Daily spend by team". */
  title: string;
  /** The message in a sentence: what a person would see at a glance. */
  summary: string;
  columns: readonly ChartTableColumn[];
  rows: readonly ChartTableRow[];
  /** Legend and what the marks mean. */
  legend?: ReactNode;
  children: ReactNode;
}

/** The drawing for the eye, the same days as a table for whoever wants the figures, and the words for both. */
export function ChartFigure({ title, summary, columns, rows, legend, children }: ChartFigureProps) {
  const [isTableShown, setTableShown] = useState(false);
  return (
    <figure aria-label={`${title}. ${summary}`} className="m-0 min-w-0">
      <div aria-hidden="true">{children}</div>
      <figcaption className="flex flex-wrap items-center gap-x-4 gap-y-1 pt-1 text-2xs text-muted">
        {legend}
        <Button
          variant="link"
          size="sm"
          aria-expanded={isTableShown}
          onClick={() => setTableShown(!isTableShown)}
          className="ml-auto min-h-6 font-normal text-2xs"
        >
          {isTableShown ? 'Hide the table' : 'Show as a table'}
        </Button>
        <span>UTC days</span>
      </figcaption>
      <ChartTable title={title} columns={columns} rows={rows} isShown={isTableShown} />
    </figure>
  );
}
