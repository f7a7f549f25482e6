import { customType, numeric, timestamp } from 'drizzle-orm/pg-core';
import type { Usd } from '@/lib/domain/money/usd';
import type { UtcDay } from '@/lib/domain/periods/utc-day';

/** Exact dollars. */
export const usdColumn = (name: string) => numeric(name).$type<Usd>();

/** An instant, always with its zone. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** A UTC calendar day. */
export const utcDayColumn = customType<{ data: UtcDay; driverData: string }>({
  dataType: () => 'date',
});

export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });
