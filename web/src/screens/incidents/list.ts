// What the list of incidents is made from.

import type { IncidentDocument } from '$core/incidents';
import { INCIDENT_KINDS } from '$core/incident-words';
import { wordOf } from '$core/words';
import type { Field } from '$parts/Act.svelte';
import { say } from './words';

export interface Listed {
  incidents: IncidentDocument[];
  next_cursor: string | null;
  marking: string;
}

export interface ClockDocument {
  at_utc: string;
  what: 'begins' | 'peaks' | 'ends';
  event_id: string;
  incident_id: string;
}

export interface WatchDocument {
  clocks: ClockDocument[];
  reports: { entry_id: string; title: string; received_utc: string; marking: string }[];
}

export interface ProposalDocument {
  event_ids: string[];
  kind: string;
  joins: string | null;
  tie: string;
  because: string;
}

export const URGENCY_ORDER = ['routine', 'this-week', 'today', 'now'];
export const SEVERITY_ORDER = ['minor', 'moderate', 'serious', 'severe'];

/** Return the clock of each incident that runs out first. */
export function nextClocks(clocks: readonly ClockDocument[]): Map<string, ClockDocument> {
  const soonest = new Map<string, ClockDocument>();
  for (const clock of clocks) {
    const known = soonest.get(clock.incident_id);
    if (!known || clock.at_utc < known.at_utc) soonest.set(clock.incident_id, clock);
  }
  return soonest;
}

/** Return what is asked of a new case. */
export function openingFields(kind = '', title = '', because = ''): Field[] {
  return [
    { name: 'title', label: say('name'), value: title },
    { name: 'kind', label: say('kindOf'), kind: 'choice', options: kindOptions(), value: kind || 'other' },
    { name: 'because', label: say('because'), kind: 'text', value: because },
    { name: 'label', label: say('label'), hint: say('labelHint'), isOptional: true },
  ];
}

export function kindOptions(): { value: string; text: string }[] {
  return Object.keys(INCIDENT_KINDS).map((value) => ({ value, text: wordOf(INCIDENT_KINDS, value) }));
}

/** Read names with commas or spaces between. */
export function namesIn(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}
