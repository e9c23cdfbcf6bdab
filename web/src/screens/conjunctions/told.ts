// What the node tells of conjunctions (baken/wiring/conjunction_documents.py).

export type Region = 'robust' | 'diluted' | 'undetermined';

export interface Row {
  event_id: string;
  tca_utc: string;
  primary_object_id: string | null;
  primary_norad_cat_id: number | null;
  primary_name: string | null;
  primary_age_h: number | null;
  secondary_object_id: string | null;
  secondary_norad_cat_id: number | null;
  secondary_name: string | null;
  secondary_age_h: number | null;
  probability: number | null;
  max_probability: number | null;
  probability_region: Region | null;
  probability_covariance: string | null;
  miss_distance_m: number | null;
  miss_radial_m: number | null;
  miss_transverse_m: number | null;
  miss_normal_m: number | null;
  relative_speed_m_s: number | null;
  hard_body_radius_m: number | null;
  mahalanobis_distance: number | null;
  in_company: number | null;
  originators: string[];
  stands_by: string;
  urgency: 'ACT' | 'LOOK' | 'QUIET';
  urgency_because: string;
  incidents: { incident_id: string; stage: string; title: string }[];
  marking: string;
}

export interface List {
  marking: string;
  as_of_utc: string;
  conjunctions: Row[];
}

export interface PlaneTold {
  miss_horizontal_m: number;
  miss_vertical_m: number;
  covariance_m2: [number, number, number];
}

export interface Party {
  object_id: string;
  norad_cat_id: number | null;
  name: string;
  kind: string;
  operator: string;
  contact: string;
  manoeuvrable: string;
  age_h: number | null;
  covariance_source: string;
}

export interface Update {
  stands: boolean;
  originator: string;
  message_id: string;
  created_utc: string;
  kept_at_utc: string;
  age_h: number;
  tca_utc: string;
  parties: [Party, Party];
  probability_said: number | null;
  method_said: string;
  miss_distance_m: number | null;
  miss_radial_m: number | null;
  miss_transverse_m: number | null;
  miss_normal_m: number | null;
  relative_speed_m_s: number | null;
  hard_body_radius_m: number | null;
  mahalanobis: number | null;
  sigma_m: number | null;
  assessed: { probability: number | null; low: number; high: number; method: string; region: Region; assumptions: string[] };
  max_probability: number | null;
  plane: PlaneTold | null;
  marking: string;
}

export interface View {
  originator: string;
  is_from_orbits: boolean;
  message_id: string;
  created_utc: string;
  /** Empty when all that follows is there. */
  why_not: string;
  marking: string;
  tca_utc: string;
  miss_distance_m: number;
  miss_rtn_m: [number, number, number];
  sigma_rtn_m: [number, number, number] | null;
  relative_speed_m_s: number;
  hard_body_radius_m: number;
  mahalanobis: number | null;
  probability: number | null;
  low: number;
  high: number;
  method: string;
  region: Region;
  max_probability: number | null;
  max_probability_scale: number | null;
  dilution_curve: [number, number][];
  checks: { name: string; outcome: 'held' | 'failed' | 'untested'; because: string }[];
  assumptions: string[];
  plane: PlaneTold | null;
  passage: { after_s: number[]; radial_m: number[]; transverse_m: number[]; normal_m: number[] };
}

export interface CaseTold extends Row {
  realm: string;
  as_of_utc: string;
  because: string;
  parties: [Party, Party];
  updates: Update[];
  disagreements: { name: string; text: string }[];
  views: View[];
  triage: { rule: string; source: string; level: Row['urgency']; cause: string; because: string; originator: string }[];
  history: {
    kept_utc: string;
    originator: string;
    urgency: Row['urgency'];
    urgency_because: string;
    probability: number | null;
    max_probability: number | null;
    because: string;
    digest: string;
    marking: string;
  }[];
  told: { at_utc: string; who: string; how: string; by: string; fields: string[] | null; entry_sequence: number }[];
}

export interface OptionsTold {
  why_not: string;
  marking: string;
  decision: Decision | null;
}

export interface Decision {
  norad_cat_id: number | null;
  name: string;
  tca_utc: string;
  probability_before: number | null;
  probability_wanted: number;
  latest_utc: string | null;
  options: { direction: string; burn_utc: string; delta_v_m_s: number; probability_after: number | null; miss_distance_after_m: number | null; method: string; secondaries: unknown[] | null }[];
  directions: string[];
  burn_utc: string[];
  delta_v_m_s: number[];
  probability_after: (number | null)[][][];
  assumptions: string[];
  marking: string;
}

/** Return how far a miss lies in the words of the trade, `12 / −340 / 88 m`. */
export function rtn(radial_m: number | null, transverse_m: number | null, normal_m: number | null): string {
  return `${[radial_m, transverse_m, normal_m].map((axis) => (axis === null ? '?' : axis.toFixed(0).replace('-', '−'))).join(' / ')} m`;
}

/** Return the figure a row is ranked by: its probability, and where there is none its ceiling. */
export function threat(row: Row): number | null {
  return row.probability ?? row.max_probability;
}
