import { cn } from '@/lib/utils/cn';
import { formatDayYear } from '@/lib/utils/format-date';
import type { DayState } from './chart-types';

export interface ChartTableColumn {
  key: string;
  label: string;
}

export interface ChartTableRow {
  day: string;
  state: DayState;
  /** As drawn, one per column; `null` where nothing is known. */
  cells: readonly (string | null)[];
}

interface ChartTableProps {
  title: string;
  columns: readonly ChartTableColumn[];
  rows: readonly ChartTableRow[];
  /** For the eye too; else for assistive technology alone. */
  isShown: boolean;
}

const notes: Record<DayState, string> = {
  final: '',
  today: 'today, not final',
  partial: 'read in part',
  forecast: 'forecast',
  missing: 'not read',
};

/** The days of a drawing as figures. */
export function ChartTable({ title, columns, rows, isShown }: ChartTableProps) {
  const cell = isShown ? 'h-8 whitespace-nowrap px-2.5 text-right' : undefined;
  const heading = cn(cell, 'font-normal text-muted');
  const frame = isShown
    ? {
        role: 'region',
        'aria-label': `${title}, as a table`,
        // What scrolls must be reached by the keyboard.
        tabIndex: 0,
        className: 'relative mt-2 max-h-80 overflow-auto rounded-control border border-line',
      }
    : { className: 'sr-only' };
  return (
    <div {...frame}>
      <table className={isShown ? 'w-full border-collapse text-xs' : undefined}>
        <caption className="sr-only">{title}, UTC days</caption>
        <thead className={isShown ? 'sticky top-0 bg-panel' : undefined}>
          <tr>
            <th scope="col" className={cn(heading, isShown && 'text-left')}>
              Day
            </th>
            {columns.map(({ key, label }) => (
              <th key={key} scope="col" className={heading}>
                {label}
              </th>
            ))}
            <th scope="col" className={cn(heading, isShown && 'text-left')}>
              Note
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.day} className={isShown ? 'border-line border-t' : undefined}>
              <th scope="row" className={cn(heading, isShown && 'text-left')}>
                {formatDayYear(row.day)}
              </th>
              {columns.map(({ key }, index) => (
                <td key={key} className={cell}>
                  {row.cells[index] ?? 'no data'}
                </td>
              ))}
              <td className={cn(cell, isShown && 'text-left text-muted')}>{notes[row.state]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
