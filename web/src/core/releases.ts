// Releases as the node tells them, and the words of how far one is.

import type { Status } from './statuses';
import type { Pair } from './words';

export interface Label {
  owner: string;
  releasable_to: string[];
  handling?: string[];
  of_fields?: Record<string, Label>;
}
export interface Terms {
  purpose: string;
  onward: string;
  until_utc: string | null;
  licence: string;
}
export interface Moment {
  entry_sequence: number;
  step: string;
  by: string;
  at_utc: string;
  because: string;
  policy: { digest: string; ids: string[]; obligations: string[] } | null;
}
export interface Release {
  release_id: string;
  stage: string;
  what: string;
  recipient: string;
  title: string;
  item_id: string;
  precision: string;
  label: Label;
  terms: Terms;
  not_before_utc: string;
  consents: { of: string; held_in: string }[];
  entries: { entry_id: string; digest: string; fields: string[] }[];
  realm: string;
  bundle_number: number | null;
  n_entries: number;
  statement: string;
  approvals: { by: string; key: string; at_utc: string; because: string }[];
  history: Moment[];
  marking: string;
}
export interface Sighting {
  entry_sequence: number;
  at_utc: string;
  who: string;
  how: string;
  by: string;
  what: string;
  fields: string[] | null;
  precision: string;
  policy_digest: string;
  marking: string;
}
export interface Rule {
  id: string;
  effect: 'permit' | 'forbid';
  obligations: string[];
  says: Record<string, string>;
  text: string;
}
export interface Policies {
  digest: string;
  sets: { name: string; digest: string; rules: Rule[]; marking: string }[];
  broken: string[];
  kept: { digest: string; since_utc: string; by: string; changed: string[]; holds: boolean; marking: string }[];
  marking: string;
}

export const STAGES: Record<string, Pair> = {
  proposed: ['waits for a signature', 'wacht op een handtekening'],
  endorsed: ['waits for the second signature', 'wacht op de tweede handtekening'],
  approved: ['approved, not yet sent', 'goedgekeurd, nog niet verzonden'],
  sent: ['sent', 'verzonden'],
  received: ['received', 'ontvangen'],
  expired: ['past its terms', 'voorbij de termijn'],
  recalled: ['recalled, not yet asked', 'teruggeroepen, nog niet gevraagd'],
  'recall-sent': ['asked back', 'terug gevraagd'],
  'recall-answered': ['asked back, answered', 'terug gevraagd, beantwoord'],
  rejected: ['rejected', 'afgewezen'],
  withdrawn: ['withdrawn', 'ingetrokken'],
  stopped: ['stopped', 'gestopt'],
};
const STATUS_OF: Record<string, Status> = {
  proposed: 'caution',
  endorsed: 'caution',
  approved: 'standby',
  sent: 'normal',
  received: 'normal',
  expired: 'off',
  recalled: 'serious',
  'recall-sent': 'caution',
  'recall-answered': 'off',
  rejected: 'off',
  withdrawn: 'off',
  stopped: 'caution',
};

/** Return the step of how far a release is: what waits for a person is worth a look. */
export function statusOfStage(stage: string): Status {
  return STATUS_OF[stage] ?? 'off';
}

export const ONWARD: Record<string, Pair> = {
  nobody: ['nobody', 'niemand'],
  audience: ['those the label names', 'wie het label noemt'],
  anyone: ['anyone', 'iedereen'],
};

/** What a rule ties its yes to, or still asks, as Baken itself calls it. */
export const OBLIGATIONS: Record<string, Pair> = {
  'two-person': ['two signatures', 'twee handtekeningen'],
  consent: ['consent of its makers', 'toestemming van de makers'],
  licence: ['a licence that allows it', 'een licentie die het toestaat'],
  expiry: ['an end', 'een einde'],
  review: ['a review of its label', 'herziening van het label'],
  reciprocity: ['the like in return', 'het gelijke terug'],
  'without-sensor': ['without its sensor', 'zonder sensor'],
  reduced: ['told coarser', 'grover verteld'],
  handling: ['handling as its label says', 'omgang zoals het label zegt'],
};

/** Return a label as it stands in a table, like `NL: DE, FR`. */
export function labelText(label: Label | null): string {
  if (!label) return '–';
  const audience = label.releasable_to.join(', ') || 'owner only';
  return [label.owner ? `${label.owner}: ${audience}` : audience, ...(label.handling ?? [])].join('; ');
}
