import { memo } from 'react';
import { sparklinePath } from './sparkline-path';

export interface SparklineProps {
  /** Oldest first, one per day; `null` where nothing was read. */
  values: readonly (number | null)[];
  /** The line in words: "30 days, $12.40 at most on 3 Nov, today $4.10 so far". */
  label: string;
  width?: number;
  height?: number;
}

/** Thirty days in the width of a word; two paths, cheap enough for every row. */
export const Sparkline = memo(function Sparkline({ values, label, width = 96, height = 18 }: SparklineProps) {
  const { bars, last } = sparklinePath(values, width, height);
  return (
    <svg role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <path d={bars} fill="var(--accent)" fillOpacity={0.5} />
      <path d={last} fill="var(--accent)" />
    </svg>
  );
});
