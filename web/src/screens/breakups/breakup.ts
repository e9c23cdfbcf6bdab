// What the node says of breakups: a line of the list, one breakup, and its pieces.

export interface Breakup {
  event_id: string;
  object_ids: string[];
  n_pieces: number | null;
  called: string | null;
  start_utc: string;
  epoch_utc: string;
  end_utc: string;
  half_width_s: number | null;
  latitude_deg: number | null;
  longitude_deg: number | null;
  height_m: number | null;
  spread_at_pinch_m: number | null;
  parent_norad_cat_id: number | null;
  parent_name: string | null;
  parent_likelihood: number | null;
  parent_afterwards: string | null;
  second_norad_cat_id: number | null;
  second_name: string | null;
  second_likelihood: number | null;
  second_speed_m_s: number | null;
  median_kick_m_s: number | null;
  ninetieth_percentile_kick_m_s: number | null;
  kick_error_m_s: number | null;
  told_kind: string | null;
  weights: Record<string, number>;
  urgency: string;
  urgency_because: string;
  incidents: string[];
  marking: string;
}

export interface BreakupTold extends Breakup {
  because: string;
  assumptions: string[];
  history: { kept_utc: string; epoch_utc: string; n_pieces: number | null; marking: string }[];
  method: string;
  sources: { name: string; digest: string }[];
}

export interface Identified {
  object_id: string;
  norad_cat_id: number | null;
  name: string | null;
}

export interface Piece extends Identified {
  cospar_id: string | null;
  epoch_utc: string;
  period_s: number;
  apogee_height_m: number;
  perigee_height_m: number;
  inclination_deg: number;
  kick_m_s: number | null;
  kick_rtn_m_s: (number | null)[];
  marking: string;
}

export interface Range {
  low: number;
  median: number;
  high: number;
}

export interface Candidate extends Identified {
  likelihood: number | null;
  across_m: number;
  late_s: number;
  kick_m_s: number;
  afterwards: string;
  marking: string;
}

export interface PiecesTold {
  is_told: true;
  is_by_past: boolean;
  marking: string;
  is_timed: boolean;
  epoch_utc: string;
  n_used: number;
  piece_age_s: number;
  newest_piece_utc: string;
  pieces: Piece[];
  parent_gabbard: { period_s: number; apogee_height_m: number; perigee_height_m: number } | null;
  candidates: Candidate[];
  gathering: { at_utc: string[]; spread_m: (number | null)[] };
  spread: { at_utc: string[]; along_orbit: (number | null)[]; in_node: (number | null)[] };
  area_m2: number;
  small_for_each_tracked: number;
  shells: { low_m: number; high_m: number; n_pieces: number; n_known: number | null; collisions_a_year: Range }[];
  assets: (Identified & { collisions_a_year: Range; marking: string })[];
  sentence: string;
  unknowns: string[];
}

export type Pieces = PiecesTold | { is_told: false; because: string; marking: string };

export function called(one: Identified): string {
  if (one.name && one.norad_cat_id !== null) return `${one.name} (${one.norad_cat_id})`;
  return one.name ?? (one.norad_cat_id === null ? one.object_id : String(one.norad_cat_id));
}

/** Return what a breakup is known by: what parted where somebody is known, else how its pieces are put together. */
export function whatBroke(one: Breakup): string {
  if (one.parent_name === null && one.parent_norad_cat_id === null) return one.called ?? one.event_id;
  return called({ object_id: '', name: one.parent_name, norad_cat_id: one.parent_norad_cat_id });
}
