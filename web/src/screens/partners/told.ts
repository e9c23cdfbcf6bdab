// Partners as the node tells them.

import type { Label, Terms } from '$core/releases';
import type { Status } from '$core/statuses';

export interface Line {
  code: string;
  names: Record<string, string>;
  has_file: boolean;
  works_in_this_world: boolean | null;
  key: 'good' | 'revoked' | 'none' | null;
  n_agreements: number | null;
  precision: string | null;
  n_doubts: number | null;
  n_would_get: number | null;
  heard_utc: string | null;
  sent_utc: string | null;
  bundle_in: number | null;
  bundle_out: number | null;
  taken_to: number;
  n_items: number;
  n_dissents: number;
  n_recalls_unanswered: number;
  n_due: number;
  marking: string;
}
export interface File {
  audiences: string[];
  nationalities: string[];
  agreements: { name: string; clearances: string[]; from_utc: string; until_utc: string | null; in_force: boolean }[];
  clearances: string[];
  needs: string[];
  categories: string[];
  licences: string[];
  realms: string[];
  reciprocal: boolean;
  purpose: string;
  precision: string;
  handling: string[];
  keys: { vkey: string; revoked_since_utc: string | null }[];
  contact: string;
  language: string;
  doubts: { doubt: string; name: string }[];
  has_out: boolean;
  has_in: boolean;
}
export interface Tried {
  offered: string;
  name: string;
  would_go: boolean;
  as_it_should_be: boolean;
  policy_ids: string[];
  errors: string[];
}
export interface Would {
  entry_id: string;
  kind: string;
  about: string;
  title: string;
  policy_ids: string[];
  marking: string;
}
export interface Passed {
  not_taken: number[];
  refused: number[];
  items: {
    item_id: string;
    kind: string;
    title: string;
    entry_id: string;
    label: Label;
    standing: string;
    expires_utc: string | null;
    recalled_because: string | null;
    verdict: string;
    our_answers: string[];
  }[];
  recalls: { item_id: string; because: string; entry_id: string; is_known: boolean; our_answer: string | null }[];
  answers: { item_id: string; answer: string; text: string; about: string; entry_id: string; label: Label }[];
  due: { item_id: string; answer: string; text: string }[];
}
export interface Given {
  release_id: string;
  item_id: string;
  title: string;
  went_utc: string;
  precision: string;
  label: Label;
  terms: Terms;
  stage: string;
  said: string[];
}
export interface Partner extends Line {
  file: File | null;
  tried: Tried[];
  would_get: Would[];
  passed: Passed;
  contribution: { given: Given[] } | null;
}

export function statusOfKey(key: Line['key']): Status {
  return key === 'good' ? 'normal' : key === 'revoked' ? 'serious' : key === 'none' ? 'caution' : 'off';
}
