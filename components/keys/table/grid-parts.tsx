import type { ComponentProps } from 'react';

/** Rows are virtual and laid out by CSS grid, which no table element can be: the roles carry the meaning. */
export const gridRoles = {
  grid: { role: 'grid' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  head: { role: 'columnheader' },
  cell: { role: 'gridcell' },
} as const;

export type GridPart = keyof typeof gridRoles;

/** One part of a grid for assistive technology. */
export function GridBox({ part, ...props }: ComponentProps<'div'> & { part: GridPart }) {
  return <div {...props} {...gridRoles[part]} />;
}
