import { Change } from '@/components/ui/change';
import { Money } from '@/components/ui/money';
import { ShareBar } from '@/components/ui/share-bar';
import { Td } from '@/components/ui/table';
import { ratioUsd } from '@/lib/domain/money/usd';
import {
  comparedShare,
  isComparable,
  type SpendFigures,
  type SpendSeries,
  type SpendView,
} from '@/lib/domain/spend/spend-view';
import { formatUsd } from '@/lib/utils/format-money';
import { formatCount } from '@/lib/utils/format-number';

export interface SpendColumns {
  previousLabel: string;
  hasKeys: boolean;
  hasForecast: boolean;
}

interface FigureCellsProps {
  view: SpendView;
  columns: SpendColumns;
  figures: SpendFigures & { readonly forecast?: SpendSeries['forecast'] };
  /** Null for the total, which is no share of anything. */
  color: string | null;
}

function forecastOf({ view, figures, color }: FigureCellsProps): string | null {
  const monthEnd = color === null ? view.forecast?.monthEnd : figures.forecast?.monthEnd;
  return monthEnd === undefined ? null : formatUsd(monthEnd, { digits: 0 });
}

/** Every cell of a line but its name. */
export function FigureCells(props: FigureCellsProps) {
  const { view, columns, figures, color } = props;
  const largest = view.series.reduce((most, { spend }) => Math.max(most, Number(spend)), 0);
  return (
    <>
      <Td align="right" label="Spend">
        <Money amount={figures.spend} className="font-semibold" />
      </Td>
      <Td label={color === null ? undefined : 'Share'} className={color === null ? 'max-sm:hidden' : ''}>
        {color === null ? null : (
          <ShareBar
            share={ratioUsd(figures.spend, view.total.spend) ?? 0}
            width={largest > 0 ? Number(figures.spend) / largest : 0}
            color={color}
          />
        )}
      </Td>
      <Td align="right" label={columns.previousLabel}>
        <Change share={comparedShare(view, figures)} fallback={isComparable(view) ? 'new' : '–'} />
      </Td>
      {columns.hasKeys ? (
        <Td align="right" label="Keys now" className="text-muted">
          {figures.keys === null ? '–' : formatCount(figures.keys)}
        </Td>
      ) : null}
      <Td align="right" label="Requests" className="text-muted">
        {formatCount(figures.requests)}
      </Td>
      {columns.hasForecast ? (
        <Td align="right" label="Month-end forecast">
          {forecastOf(props) ?? <span className="text-muted">–</span>}
        </Td>
      ) : null}
    </>
  );
}
