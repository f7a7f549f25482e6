import type { ReactNode } from 'react';
import { formatDayYear } from '@/lib/utils/format-date';
import type { DayState } from './chart-types';

export interface ChartTableRow {
  day: string;
  state: DayState;
  /** As drawn, one per column; `null` where nothing is known. */
  cells: readonly (string | null)[];
}

interface ChartFigureProps {
  /** What is drawn: "Daily spend by team". */
  title: string;
  /** The message in a sentence: what a person would see at a glance. */
  summary: string;
  columns: readonly string[];
  rows: readonly ChartTableRow[];
  /** Legend and what the marks mean. */
  legend?: ReactNode;
  children: ReactNode;
}

const notes: Record<DayState, string> = {
  final: '',
  today: 'today so far',
  partial: 'read in part',
  forecast: 'forecast',
  missing: 'not read',
};

/** The drawing for the eye, the same days as a table for assistive technology, and the words for both. */
export function ChartFigure({ title, summary, columns, rows, legend, children }: ChartFigureProps) {
  return (
    <figure aria-label={`${title}. ${summary}`} className="m-0 min-w-0">
      <div aria-hidden="true">{children}</div>
      <figcaption className="flex flex-wrap items-center gap-x-4 gap-y-1 pt-1 text-2xs text-muted">
        {legend}
        <span className="ml-auto">UTC days</span>
      </figcaption>
      <div className="sr-only">
        <table>
          <caption>{title}, UTC days</caption>
          <thead>
            <tr>
              <th scope="col">Day</th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
              <th scope="col">Note</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.day}>
                <th scope="row">{formatDayYear(row.day)}</th>
                {columns.map((column, index) => (
                  <td key={column}>{row.cells[index] ?? 'no data'}</td>
                ))}
                <td>{notes[row.state]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
