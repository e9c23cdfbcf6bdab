// What the node tells of its sources.

export interface OrbitSource {
  source: string;
  marking: string;
  n_objects: number;
  n_sets: number;
  n_in_picture: number;
  n_shared: number;
  newest_age_s: number;
  median_age_s: number;
  oldest_age_s: number;
  epoch_to_published_s: number | null;
  newest_epoch_utc: string;
  used_as_of_utc: string;
  files: { name: string; digest: string; as_of_utc: string | null }[];
  last_import: { at_utc: string; file: string; n_read: number; n_accepted: number; n_rejected: number; objects_new: number; element_sets_new: number } | null;
}

export interface Warner {
  source: string;
  marking: string;
  n_warnings: number;
  n_events: number;
  newest_utc: string;
  newest_age_s: number;
  published_to_kept_s: number;
  last_kept_utc: string;
}

export interface Screened {
  screening_id: string;
  marking: string;
  kept_utc: string;
  start_utc: string;
  end_utc: string;
  miss_threshold_m: number;
  n_approaches: number;
  wall_s: number;
  settings: [string, string][];
  account: [string, number][];
  code_version: string;
}

export interface RestsOn {
  kind: string;
  event_id: string;
  marking: string;
  method: string;
  code_version: string;
  settings: [string, string][];
}

export interface SourcesTold {
  marking: string;
  orbits: OrbitSource[];
  warnings: Warner[];
  screenings: Screened[];
  rests_on: RestsOn[];
  plugins: { group: string; name: string; package: string; version: string }[];
  may_ask_network: boolean;
}
