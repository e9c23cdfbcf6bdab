// What the node says of falls: a line of the list, one fall, and all ways down.

import type { Named } from './words';

export interface Fall {
  event_id: string;
  object_id: string;
  norad_cat_id: number | null;
  name: string | null;
  as_of_utc: string | null;
  window_start_utc: string;
  median_utc: string;
  window_end_utc: string;
  window_h: number | null;
  window_probability: number | null;
  probability: number | null;
  age_h: number | null;
  altitude_km: number | null;
  inclination_deg: number | null;
  latitude_reach_deg: number | null;
  ballistic_coefficient_m2_kg: number | null;
  n_element_sets: number | null;
  casualty_expectation: number | null;
  stands: Named;
  happened_utc: string | null;
  urgency: string;
  urgency_because: string;
  incidents: string[];
  marking: string;
}

export interface Look {
  kept_utc: string;
  as_of_utc: string | null;
  window_start_utc: string;
  median_utc: string;
  window_end_utc: string;
  probability: number | null;
}

export interface FallTold extends Fall {
  because: string;
  history: Look[];
  assumptions: string[];
  space_weather: string | null;
  method: string;
  settings: Record<string, string>;
  sources: { name: string; digest: string }[];
}

/** An instant, longitude and latitude in degrees. */
export type Place = [utc: string, longitude: number, latitude: number];
export type Ring = [longitude: number, latitude: number][];

export interface Region {
  kind: string;
  code: string;
  name: string;
  probability: number;
  touched_probability: number;
  touched_over_time: number[];
  earliest: string | null;
  latest: string | null;
  can_be_reached: boolean;
  is_clear: boolean;
  clear_from: string | null;
  rings: Ring[];
}

export interface WaysTold {
  is_told: true;
  is_same: boolean;
  marking: string;
  n_ways: number;
  n_still_up: number;
  median_utc: string;
  window_start_utc: string;
  window_end_utc: string;
  last_elements_utc: string;
  edges_utc: string[];
  share_over_time: number[];
  ways: Place[];
  track: Place[];
  strips: { at_utc: string; ring: Ring }[];
  boxes: { start_utc: string; clear_until_utc: string; probability: number; ring: Ring }[];
  reach_m: number;
  half_width_m: number;
  fall_s: number;
  threshold: number;
  regions: Region[];
  sentence: string;
  assumptions: string[];
}

export type Ways = WaysTold | { is_told: false; because: string; marking: string };

/** Of no way in so many, three may still be meant (the rule of three, as in the sentence for people). */
export function leastTold(ways: WaysTold): number {
  return 3 / ways.n_ways;
}

/** `SIM FALLING STAGE R/B (890000001)` */
export function called(one: { name: string | null; norad_cat_id: number | null; object_id: string }): string {
  if (one.name && one.norad_cat_id !== null) return `${one.name} (${one.norad_cat_id})`;
  return one.name ?? (one.norad_cat_id === null ? one.object_id : String(one.norad_cat_id));
}
