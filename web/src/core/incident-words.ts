// The words of incidents, as the brief and the command line have them (baken/report/incident_words.py).

import type { Pair } from './words';

export const INCIDENT_KINDS: Record<string, Pair> = {
  'collision-risk': ['Risk of a collision', 'Risico op een botsing'],
  collision: ['Collision', 'Botsing'],
  'uncontrolled-reentry': ['Uncontrolled re-entry', 'Ongecontroleerde terugkeer'],
  breakup: ['Breakup', 'Uiteenvallen'],
  'unfriendly-approach': ['Close approach nobody announced', 'Onaangekondigde nadering'],
  'unexplained-manoeuvre': ['Unexplained manoeuvre', 'Onverklaarde manoeuvre'],
  'radio-interference': ['Radio interference', 'Radiostoring'],
  'gnss-jamming-or-spoofing': ['Disturbed satellite navigation', 'Verstoorde satellietnavigatie'],
  'cyber-attack': ['Cyber incident', 'Cyberincident'],
  'space-weather-outage': ['Outage by space weather', 'Uitval door ruimteweer'],
  'ground-station-sabotage': ['Damage to a ground station', 'Schade aan een grondstation'],
  other: ['Other incident', 'Ander incident'],
};

export const STAGES: Record<string, Pair> = {
  suspected: ['suspected', 'vermoed'],
  confirmed: ['confirmed', 'bevestigd'],
  responding: ['responding', 'in behandeling'],
  stable: ['stable', 'stabiel'],
  closed: ['closed', 'gesloten'],
  dismissed: ['dismissed', 'afgewezen'],
  reopened: ['reopened', 'heropend'],
};

export const STEPS: Record<string, Pair> = {
  corroborate: ['Corroborate', 'Bevestigen'],
  respond: ['Respond', 'Optreden'],
  stabilise: ['Stabilise', 'Stabiliseren'],
  resolve: ['Resolve', 'Afsluiten'],
  dismiss: ['Dismiss', 'Afwijzen'],
  reopen: ['Reopen', 'Heropenen'],
};

/** From least to most grave. */
export const SEVERITIES: Record<string, Pair> = {
  minor: ['minor', 'klein'],
  moderate: ['moderate', 'matig'],
  serious: ['serious', 'ernstig'],
  severe: ['severe', 'zeer ernstig'],
};

/** From last to first. */
export const URGENCIES: Record<string, Pair> = {
  routine: ['routine', 'gewoon werk'],
  'this-week': ['this week', 'deze week'],
  today: ['today', 'vandaag'],
  now: ['now', 'nu'],
};

export const ANSWERS: Record<string, Pair> = {
  unknown: ['unknown', 'onbekend'],
  yes: ['yes', 'ja'],
  no: ['no', 'nee'],
};

export const EFFECTS: Record<string, Pair> = {
  unknown: ['unknown', 'onbekend'],
  hinder: ['hindered', 'gehinderd'],
  influence: ['influenced', 'beïnvloed'],
  disrupt: ['disrupted', 'verstoord'],
  destroy: ['destroyed', 'vernietigd'],
};

export const SEGMENTS: Record<string, Pair> = {
  unknown: ['unknown', 'onbekend'],
  space: ['in space', 'in de ruimte'],
  link: ['the radio link', 'de radioverbinding'],
  ground: ['on the ground', 'op de grond'],
  user: ['at users', 'bij gebruikers'],
};
