// What the node says of an incident (baken/wiring/case_documents.py), and what step of status it has.

import type { Status } from './statuses';

export interface JudgementDocument {
  stands: string;
  automatic: string;
  automatic_because: string;
  human: string | null;
  human_because: string;
  by: string;
}

export interface MomentDocument {
  at_utc: string;
  kind: string;
  by: string;
  text: string;
  /** What tells most of it, by name. */
  said: Record<string, string>;
  entry_id: string;
  marking: string;
  replaced_by: string | null;
}

export interface IncidentDocument {
  incident_id: string;
  title: string;
  kind: string;
  stage: string;
  /** What may be done to it now. */
  steps: string[];
  opened_utc: string;
  changed_utc: string;
  severity: JudgementDocument;
  urgency: JudgementDocument;
  unintended: string;
  deliberate: string;
  effect: string;
  reversible: string;
  segment: string;
  event_ids: string[];
  object_ids: string[];
  entry_ids: string[];
  assigned_to: string;
  acknowledged: boolean;
  /** How many entries were read: said with an act as `seen`, it tells when somebody was quicker. */
  entries: number;
  realm: string;
  marking: string;
  /** Of the case with all that was said of it. */
  whole_marking: string;
  timeline: MomentDocument[];
}

const OVER = ['closed', 'dismissed'];
const OF_URGENCY: Record<string, Status> = { routine: 'normal', 'this-week': 'standby', today: 'caution', now: 'critical' };
const OF_SEVERITY: Record<string, Status> = { minor: 'normal', moderate: 'caution', serious: 'serious', severe: 'serious' };

export function isOver(incident: { stage: string }): boolean {
  return OVER.includes(incident.stage);
}

/** Return the step of an urgency; red only when it is now, and not over. */
export function statusOfCase(incident: { stage: string; urgency: { stands: string } }): Status {
  return isOver(incident) ? 'off' : (OF_URGENCY[incident.urgency.stands] ?? 'off');
}

/** Return the step of a severity: how grave is not how soon, so never red. */
export function statusOfSeverity(severity: string): Status {
  return OF_SEVERITY[severity] ?? 'off';
}
