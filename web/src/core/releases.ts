// Releases as the node tells them, and the words of how far one is.

import type { Status } from './statuses';
import { wordOf, type Pair } from './words';

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
  endorsed: ['waits for the second signature', 'wacht op tweede handtekening'],
  approved: ['approved, not yet sent', 'goedgekeurd, nog niet verzonden'],
  sent: ['sent', 'verzonden'],
  received: ['received', 'ontvangen'],
  expired: ['past its terms', 'voorbij de termijn'],
  recalled: ['recalled, not yet asked', 'teruggeroepen, nog niet gevraagd'],
  'recall-sent': ['asked back', 'teruggevraagd'],
  'recall-answered': ['asked back, answered', 'teruggevraagd, beantwoord'],
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

const PRECISION: Record<string, Pair> = {
  full: ['whole, as it is', 'geheel, zoals het is'],
  epoch: ['times to {size}', 'tijden op {size}'],
  position: ['positions and distances to {size}', 'posities en afstanden op {size}'],
  velocity: ['speeds to {size}', 'snelheden op {size}'],
  sigma: ['uncertainty to {size}', 'onzekerheid op {size}'],
  'sigma-velocity': ['uncertainty of speed to {size}', 'onzekerheid van snelheid op {size}'],
  digits: ['other numbers in {size} digits', 'andere getallen in {size} cijfers'],
  delay: ['not younger than {size}', 'niet jonger dan {size}'],
  without: ['without: {size}', 'zonder: {size}'],
  keep: ['also: {size}', 'ook: {size}'],
};

/** Say in words how precisely something is told; a word of it that is not known here stays as it is. */
export function precisionWords(text: string): string {
  return text.split(' ').filter(Boolean).map(inWords).join('; ');
}

function inWords(part: string): string {
  const [word = '', said = ''] = part.split('=');
  if (!(word in PRECISION)) return part;
  const list = word === 'keep' || word === 'without' ? said.split(',').map(fieldWords).join(', ') : said;
  const size = list.replace(/^(\d[\d.]*)([a-z])/, '$1 $2');
  return wordOf(PRECISION, word).replace('{size}', size);
}

const FIELDS: Record<string, Pair> = {
  title: ['title', 'titel'],
  text: ['text', 'tekst'],
  sensor: ['sensor', 'sensor'],
  source: ['source', 'bron'],
  reduced: ['a note of how it was reduced', 'een aantekening hoe het grover is gemaakt'],
  miss_distance: ['miss distance', 'kleinste afstand'],
  relative_speed: ['relative speed', 'onderlinge snelheid'],
  position: ['position', 'positie'],
  velocity: ['velocity', 'snelheid'],
  epoch: ['epoch', 'tijdstip'],
};
const UNITS: Record<string, string> = { _m_s: 'm/s', _m: 'm', _km: 'km', _kg: 'kg', _deg: '°', _rad: 'rad', _hz: 'Hz', _s: 's' };

/** Return how a field is called, with the unit its numbers are in: `miss distance (m)`. */
export function fieldWords(name: string): string {
  const end = name.endsWith('_tai_ns') ? undefined : Object.keys(UNITS).find((each) => name.endsWith(each));
  const stem = name.slice(0, name.length - (end?.length ?? 0));
  const words = stem in FIELDS ? wordOf(FIELDS, stem) : stem.replaceAll('_', ' ');
  return end ? `${words} (${UNITS[end]})` : words;
}
