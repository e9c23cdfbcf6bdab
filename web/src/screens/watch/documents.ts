// What the node says of the watch.

export type Level = 'QUIET' | 'LOOK' | 'ACT';

export interface Attention {
  event_id: string;
  kind: string;
  kind_text: string;
  urgency: Level;
  because: string;
  finding: string;
  who: string[];
  what: string[];
  likely: string[];
  start_utc: string;
  peak_utc: string;
  end_utc: string;
  oldest_age_h: number | null;
  object_ids: string[];
  incident_id: string | null;
  incident_stage: string | null;
  marking: string;
}

export interface AttentionList {
  now_utc: string;
  counts: Record<string, Record<Level, number>>;
  attention: Attention[];
  more: number;
  next: Record<string, Attention>;
  sources: { source: string; n_objects: number; newest_age_h: number; median_age_h: number }[];
  space_weather: { digest: string } | null;
  marking: string | null;
}

export interface WatchState {
  on_watch: string | null;
  since_utc: string | null;
  open: { incident_id: string; title: string; stage: string; assigned_to: string; acknowledged: boolean; urgency: { stands: string }; severity: { stands: string }; marking: string }[];
  clocks: { at_utc: string; what: 'begins' | 'peaks' | 'ends'; event_id: string; incident_id: string }[];
  questions: { incident_id: string; text: string; by: string }[];
  reports: { entry_id: string; title: string; received_utc: string }[];
  handovers: { offered_by: string; offered_to: string; offered_utc: string; note: string; accepted_by: string | null; accepted_utc: string | null }[];
}
