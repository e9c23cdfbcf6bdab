// What the node says flies: one column for each thing told, a row for each object.

import { instant } from '$core/quantities';

/** What `/sky` answers. */
export interface SkyTold {
  sky: string;
  as_of_utc: string;
  marking: string;
  kinds: string[];
  regimes: string[];
  sources: string[];
  markings: string[];
  object_id: string[];
  norad_cat_id: (number | null)[];
  name: string[];
  kind: number[];
  regime: number[];
  source: number[];
  marked: number[];
  age_h: number[];
  perigee_km: number[];
  apogee_km: number[];
  inclination_deg: number[];
  period_min: number[];
}

/** What an event of `/events` says that is drawn here. */
export interface EventTold {
  event_id: string;
  kind: string;
  marking: string;
  object_ids: string[];
  peak_utc: string;
  urgency: string;
  urgency_because: string;
  because: string;
}

/** What `/sky/track` answers. */
export interface TrackTold {
  object_id: string;
  at_utc: string;
  marking: string;
  orbit_m: ([number, number, number] | null)[];
  ground_utc: string[];
  latitude_deg: (number | null)[];
  longitude_deg: (number | null)[];
}

/** What `/reentries/{event}/ways` says of the ground that pieces may come down on; rings of longitude and latitude. */
export interface WaysTold {
  is_told: boolean;
  strips?: { at_utc: string; ring: [number, number][] }[];
}

export interface EarthTold {
  at_utc: string;
  sun: { direction: [number, number, number]; latitude_deg: number; longitude_deg: number };
}

/** Return where each object stands. */
export function rowsOf(sky: SkyTold): Map<string, number> {
  return new Map(sky.object_id.map((id, row) => [id, row]));
}

/** Return what an object is called, by its name or by its number. */
export function nameOf(sky: SkyTold, row: number): string {
  return sky.name[row] || (sky.norad_cat_id[row] === null ? (sky.object_id[row] as string) : String(sky.norad_cat_id[row]));
}

/** Return how old the elements of an object are at an instant, in hours; less than none when they are of later. */
export function ageH(sky: SkyTold, row: number, atMs: number): number {
  return (sky.age_h[row] as number) + (atMs - instant(sky.as_of_utc)) / 3_600_000;
}

/** An object to be marked, with its word. */
export interface Marked {
  key: string;
  row: number;
  label: string;
  status: 'critical' | 'serious' | 'caution' | null;
  /** Which of the objects picked it is; -1 for none of them. */
  of: number;
}

const STATUS = { ACT: 'critical', LOOK: 'caution' } as const;
const MOST_MARKED = 12;
const MOST_NAMED = 4;

/** Return what is to be marked: what is picked, and the objects of the most urgent events. */
export function marksOf(sky: SkyTold, rows: Map<string, number>, events: EventTold[], picked: number[]): Marked[] {
  const marks = new Map<number, Marked>();
  for (const [of, row] of picked.entries()) marks.set(row, { key: `${row}`, row, label: nameOf(sky, row), status: null, of });
  const urgent = events.filter((each) => each.urgency in STATUS).slice(0, MOST_MARKED);
  for (const [place, event] of urgent.entries()) {
    const status = STATUS[event.urgency as keyof typeof STATUS];
    for (const id of event.object_ids.slice(0, 2)) {
      const row = rows.get(id);
      if (row === undefined) continue;
      const known = marks.get(row);
      if (known) known.status ??= status;
      else marks.set(row, { key: `${row}`, row, label: place < MOST_NAMED && !picked.length ? nameOf(sky, row) : '', status, of: -1 });
    }
  }
  return [...marks.values()];
}
