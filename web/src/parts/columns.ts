// What a column of a table is: what it sorts by, how it reads, and what goes into a file.

import type { Snippet } from 'svelte';
import type { Cell } from '$core/export';

export interface Column<Row> {
  /** Its name in a file, with the unit: `miss_distance_m`. */
  key: string;
  head: string;
  /** What it sorts by and what a file gets. */
  value: (row: Row) => Cell;
  /** How it reads; the value as it is unless something else is said. */
  text?: (row: Row) => string;
  /** How it looks, where text is not enough. */
  cell?: Snippet<[Row]>;
  isNumber?: boolean;
  /** In CSS, like `90px` or `minmax(160px, 2fr)`. */
  width?: string;
  /** Sort the largest first when it is first asked for. */
  isLargestFirst?: boolean;
}

export function textOf<Row>(column: Column<Row>, row: Row): string {
  if (column.text) return column.text(row);
  const value = column.value(row);
  return value === null || value === undefined ? '' : String(value);
}

/** Sort rows by a column, what is missing last whichever way; rows that are equal stay in their order. */
export function sorted<Row>(rows: readonly Row[], column: Column<Row>, isDown: boolean): Row[] {
  const keyed = rows.map((row) => ({ row, value: column.value(row) }));
  keyed.sort((one, other) => compare(one.value, other.value, isDown));
  return keyed.map(({ row }) => row);
}

function compare(one: Cell, other: Cell, isDown: boolean): number {
  const [noOne, noOther] = [isMissing(one), isMissing(other)];
  if (noOne || noOther) return Number(noOne) - Number(noOther);
  const order = typeof one === 'string' || typeof other === 'string' ? String(one).localeCompare(String(other)) : Number(one) - Number(other);
  return isDown ? -order : order;
}

function isMissing(value: Cell): boolean {
  return value === null || value === undefined || value === '' || Number.isNaN(value);
}
