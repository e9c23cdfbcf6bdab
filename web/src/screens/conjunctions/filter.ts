// Which rows are wanted; it stands in the address, so that it can be sent to somebody.

import { instant } from '$core/quantities';
import type { Region, Row } from './told';

export const HOURS = ['all', '24', '72', 'past'] as const;
export const LEVELS_ASKED = ['ACT', 'LOOK', 'QUIET'] as const;
export const REGIONS_ASKED = ['robust', 'diluted', 'undetermined'] as const;
const HOUR_MS = 3_600_000;

export interface Wanted {
  when: (typeof HOURS)[number];
  /** None named is all of them. */
  levels: string[];
  regions: string[];
}

export function wantedOf(query: URLSearchParams): Wanted {
  const listed = (name: string): string[] => (query.get(name) ?? '').split(',').filter(Boolean);
  return {
    when: HOURS.find((each) => each === query.get('when')) ?? 'all',
    levels: listed('urgency'),
    regions: listed('region'),
  };
}

/** Say whether a row is wanted; what is over is wanted only when it is asked for. */
export function isWanted(row: Row, wanted: Wanted, nowMs: number): boolean {
  const untilMs = instant(row.tca_utc) - nowMs;
  const isPast = untilMs < 0;
  if (isPast !== (wanted.when === 'past')) return false;
  if ((wanted.when === '24' || wanted.when === '72') && untilMs > Number(wanted.when) * HOUR_MS) return false;
  if (wanted.levels.length && !wanted.levels.includes(row.urgency)) return false;
  const region: Region = row.probability_region ?? 'undetermined';
  return !wanted.regions.length || wanted.regions.includes(region);
}
