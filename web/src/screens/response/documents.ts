// What the node says of a response, as far as these screens show it.

import { settings } from '$core/settings.svelte';

export interface Both {
  en: string;
  nl: string;
}
export type TaskStage = 'waiting' | 'running' | 'taken' | 'done' | 'lapsed' | 'not-needed' | 'dropped';

export interface TaskDocument {
  task: string;
  kind: 'act' | 'inform' | 'decide';
  what: Both;
  by: string;
  open_because: Both | null;
  to: string[];
  after: string[];
  from_severity: string;
  if_missed: string[];
  asked: string[];
  asked_utc: string | null;
  unanswered: boolean;
  stage: TaskStage;
  overdue: boolean;
  acknowledge_by_utc: string | null;
  taken_utc: string | null;
  taken_by: string;
  due_utc: string | null;
  ended_utc: string | null;
  ended_by: string;
  outcome: string;
  options: string[];
  options_named: Record<string, Both>;
  because: string;
  lapses_utc: string | null;
  went_on: { to: string; because: string; due_utc: string; at_utc: string }[];
  legal_basis: string;
  to_be_confirmed: boolean;
  note: Both | null;
}

export interface SituationDocument {
  number: number;
  due_utc: string;
  delayed_because: string;
  issued_utc: string | null;
  issued_by: string;
  text: string;
}

export interface PlanDocument {
  plan: string;
  name: Both;
  mechanism: string;
  responsible: string[];
  supporting: string[];
  informed: string[];
  severity: string;
  started_utc: string;
  started_by: string;
  call_outs_approved_by: string;
  stood_down_utc: string | null;
  stood_down_by: string;
  stood_down_because: string;
  open_because: Both | null;
  stand_down_when: Both | null;
  stand_down_by: string;
  reports_every_s: number | null;
  reports_by: string;
  reports_to: string[];
  tasks: TaskDocument[];
  situation_reports: SituationDocument[];
}

export interface NoticeDocument {
  key: string;
  kind: string;
  plan: string;
  task: string;
  role: string;
  subject: string;
  text: string;
  language: string;
  because: string;
  carried_by: string[];
  stage: string;
  drafted_utc: string;
  approved_by: string;
  approved_utc: string | null;
  acknowledged_by: string;
  acknowledged_utc: string | null;
  attempts: { number: number; way: string; began_utc: string; ended_utc: string | null; end: string; said: string }[];
}

export interface LetterDocument extends NoticeDocument {
  leaves_as: string;
  moot: boolean;
  way: { way: string; address: string } | null;
}

export interface LettersDocument {
  incident_id: string;
  entries: number;
  notices: LetterDocument[];
  marking: string;
}

export interface RequestDocument {
  request: string;
  kind: string;
  of: string;
  object_id: string;
  from_utc: string | null;
  to_utc: string | null;
  purpose: string;
  priority: number;
  pap: string;
  noticeable: string;
  asked_by: string;
  asked_utc: string;
  due_utc: string;
  overdue: boolean;
  stage: string;
  answer: string;
  answered_by: string;
  answered_utc: string | null;
  answer_entry_ids: string[];
}

export interface LessonDocument {
  lesson: string;
  text: string;
  noted_by: string;
  noted_utc: string;
  owner: string;
  due_on: string;
  closed_utc: string | null;
  closed_because: string;
}

export interface ClockDocument {
  uid: string;
  kind: string;
  plan: string;
  name: string;
  role: string;
  due_utc: string;
}

export interface ResponseDocument {
  incident_id: string;
  as_of_utc: string;
  entries: number;
  plans: PlanDocument[];
  notices: NoticeDocument[];
  requests: RequestDocument[];
  lessons: LessonDocument[];
  clocks: ClockDocument[];
  marking: string;
}

export interface RoleDocument {
  role: string;
  name: Both;
  organisation: string;
  on_duty: string[];
  contacts: { way: string; address: string; verified_utc: string | null; stale: boolean }[];
}

export interface MechanismAbout {
  name: Both;
  version: string;
  about: Both;
  illustrative: boolean;
  language: string;
  roles: number;
  organisations: Record<string, Both>;
}

export interface RolesDocument {
  plans: { plan: string; mechanism: MechanismAbout; roles: RoleDocument[] }[];
  has_directory: boolean;
  marking: string;
}

export interface PlanLine {
  plan: string;
  name: Both;
  kinds: string[];
  from_severity: string;
  responsible: string[];
  tasks: number;
}

export interface MechanismsDocument {
  mechanisms: Record<string, PlanLine[]>;
  about: Record<string, MechanismAbout>;
}

export interface FindingDocument {
  place: string;
  text: Both;
  problem: boolean;
}

/** Return a text in whatever language is spoken now. */
export function inWords(text: Both | null | undefined): string {
  return text ? text[settings.language] : '';
}
