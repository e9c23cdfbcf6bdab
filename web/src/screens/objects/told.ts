// What the node says of objects (baken/wiring/object_documents.py, object_lists.py and object_movement.py).

import type { Status } from '$core/statuses';

export interface ObjectRow {
  object_id: string;
  name: string | null;
  norad_cat_id: number | null;
  cospar_id: string | null;
  regime: string | null;
  perigee_height_m: number | null;
  apogee_height_m: number | null;
  inclination_deg: number | null;
  period_s: number | null;
  age_h: number | null;
  source: string | null;
  marking: string;
}

export interface ObjectsTold {
  n_objects: number;
  marking: string;
  columns: { [Name in keyof ObjectRow]: ObjectRow[Name][] };
}

export interface Orbit {
  epoch_utc: string;
  semi_major_axis_m: number;
  perigee_height_m: number;
  apogee_height_m: number;
  inclination_deg: number;
  eccentricity: number;
  period_s: number;
  bstar_per_earth_radius: number;
}

export interface Opinion extends Orbit {
  source: string;
  came_from: string[];
  theory: string;
  age_h: number;
  n_sets: number;
  use: string;
  because: string;
  marking: string;
}

export interface TableOfStates {
  source: string;
  frame: string;
  start_utc: string;
  end_utc: string;
  n_states: number;
  has_covariance: boolean;
  age_h: number;
  stands: string;
  marking: string;
}

export interface EventLine {
  event_id: string;
  kind: string;
  peak_utc: string;
  is_over: boolean;
  urgency: string;
  urgency_because: string;
  because: string;
  others: { object_id: string; name: string }[];
  marking: string;
}

export interface IncidentLine {
  incident_id: string;
  title: string;
  stage: string;
  opened_utc: string;
  marking: string;
}

export interface ObjectTold {
  object_id: string;
  name: string | null;
  norad_cat_id: number | null;
  cospar_id: string | null;
  others: { scheme: string; value: string }[];
  marking: string;
  regime: string | null;
  orbit: Orbit | null;
  hard_body: { radius_m: number; source: string };
  opinions: Opinion[];
  ephemerides: TableOfStates[];
  events: EventLine[];
  incidents: IncidentLine[];
  may_see: { marking: string; element_sets: number; ephemerides: number }[];
}

export interface Difference {
  source: string;
  kind: 'elements' | 'ephemeris';
  /** Of a table of states: where it begins. */
  start_utc: string | null;
  distance_m: number;
  radial_m: number;
  transverse_m: number;
  normal_m: number;
  sigma_rtn_m: [number, number, number] | null;
}

export interface StateTold {
  object_id: string;
  at_utc: string;
  marking: string;
  rests_on: { source: string; theory: string; epoch_utc: string; age_h: number } | null;
  state: {
    position_itrf_m: [number, number, number];
    velocity_itrf_m_s: [number, number, number];
    latitude_deg: number;
    longitude_deg: number;
    height_m: number;
    inertial_speed_m_s: number;
    ground_speed_m_s: number;
  } | null;
  differences: Difference[];
}

export interface HistorySet extends Orbit {
  source: string;
  longitude_deg: number | null;
  marking: string;
}

export interface HistoryTold {
  object_id: string;
  marking: string;
  days: number;
  is_near_geosynchronous: boolean;
  sets: HistorySet[];
}

/** Return the rows of a list that came column by column. */
export function rowsOf(told: ObjectsTold): ObjectRow[] {
  const { columns } = told;
  const names = Object.keys(columns) as (keyof ObjectRow)[];
  return columns.object_id.map((_, place) => Object.fromEntries(names.map((name) => [name, columns[name][place]])) as unknown as ObjectRow);
}

/** Return every source once, in the order in which its colour is given. */
export function sourcesOf(sets: readonly HistorySet[]): string[] {
  return [...new Set(sets.map((each) => each.source))].sort();
}

const STATUS_OF_USE: Record<string, Status> = { used: 'normal', 'passed-over': 'standby', 'not-drawn-yet': 'standby', 'cannot-be-moved': 'off' };

export function statusOfUse(use: string): Status {
  return STATUS_OF_USE[use] ?? 'caution';
}

/** Return the colour of a source, by its place among all. */
export function colourOf(place: number): string {
  return `--series-${(place % 6) + 1}`;
}
