'use client';

import { buttonVariants } from '@/components/ui/button-variants';
import { DateRangePicker } from '@/components/ui/date-range-picker';
import { Segmented } from '@/components/ui/segmented';
import { writeSpendQuery } from '@/lib/domain/spend/spend-query';
import { oldestSpendDay, spendPresets, spendPresetWords } from '@/lib/domain/spend/spend-range';
import type { SpendControls } from './use-spend-choice';

const presets = spendPresets.map((value) => ({ value, label: spendPresetWords[value] }));

/** Which days, and the file of exactly what is shown. */
export function SpendToolbar({ controls, canExport }: { controls: SpendControls; canExport: boolean }) {
  const { query, preset, today } = controls;
  return (
    <>
      <Segmented
        aria-label="Date range"
        options={presets}
        value={preset}
        onValueChange={controls.choosePreset}
      />
      <DateRangePicker
        label="Days"
        value={{ from: query.from, to: query.to }}
        onValueChange={controls.chooseDays}
        min={oldestSpendDay(today)}
        max={today}
        today={today}
      />
      {canExport ? (
        <a href={`/api/spend/export?${writeSpendQuery(query)}`} download className={buttonVariants({})}>
          Export CSV
        </a>
      ) : null}
    </>
  );
}
