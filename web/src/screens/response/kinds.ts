// The words for what comes from the node as one name: stages, kinds, ways.

import type { Pair } from '$core/words';

export const STAGES: Record<string, Pair> = {
  waiting: ['waiting', 'wacht'],
  running: ['asked', 'gevraagd'],
  taken: ['taken on', 'opgepakt'],
  done: ['done', 'gedaan'],
  lapsed: ['lapsed', 'vervallen'],
  'not-needed': ['not needed', 'niet nodig'],
  dropped: ['dropped', 'geschrapt'],
};
export const TASK_KINDS: Record<string, Pair> = {
  act: ['to do', 'doen'],
  inform: ['to tell', 'vertellen'],
  decide: ['to decide', 'beslissen'],
};
export const MISSED: Record<string, Pair> = {
  'nobody-has-it': ['nobody has it', 'niemand heeft haar'],
  'not-acknowledged': ['not acknowledged', 'niet bevestigd'],
  'not-done': ['not done in time', 'niet op tijd gedaan'],
};
export const LETTER_KINDS: Record<string, Pair> = {
  'call-out': ['call-out', 'oproep'],
  information: ['information', 'informatie'],
  situation: ['situation report', 'situatierapport'],
  request: ['request', 'verzoek'],
  test: ['test call', 'proefoproep'],
};
export const LETTER_STAGES: Record<string, Pair> = {
  drafted: ['waits for approval', 'wacht op goedkeuring'],
  approved: ['approved, not sent', 'goedgekeurd, niet verstuurd'],
  sending: ['being sent', 'wordt verstuurd'],
  failed: ['not sent yet', 'nog niet verstuurd'],
  sent: ['sent', 'verstuurd'],
  refused: ['refused', 'geweigerd'],
  moot: ['no longer needed', 'niet meer nodig'],
  withdrawn: ['withdrawn', 'ingetrokken'],
  acknowledged: ['acknowledged', 'bevestigd'],
};
export const ATTEMPT_ENDS: Record<string, Pair> = {
  unknown: ['not known', 'niet bekend'],
  arrived: ['arrived', 'aangekomen'],
  failed: ['failed', 'mislukt'],
  refused: ['refused', 'geweigerd'],
};
export const REQUEST_KINDS: Record<string, Pair> = {
  sensor: ['observation by a sensor', 'waarneming met een sensor'],
  'operator-data': ['data of an operator', 'gegevens van een exploitant'],
  'manoeuvre-plan': ['manoeuvre plan of an operator', 'manoeuvreplan van een exploitant'],
  release: ['release by a partner', 'vrijgave door een partner'],
};
export const REQUEST_STAGES: Record<string, Pair> = {
  asked: ['asked', 'gevraagd'],
  accepted: ['promised', 'toegezegd'],
  answered: ['answered', 'beantwoord'],
  declined: ['declined', 'geweigerd'],
  withdrawn: ['withdrawn', 'ingetrokken'],
};
export const ANSWERS: Record<string, Pair> = {
  answer: ['it was answered', 'er kwam antwoord'],
  accept: ['it was promised', 'het is toegezegd'],
  decline: ['it was declined', 'het is geweigerd'],
  withdraw: ['we withdraw it', 'wij trekken het in'],
};
export const PAPS: Record<string, Pair> = {
  RED: ['RED: nothing the target could notice', 'RED: niets wat het doel kan merken'],
  AMBER: ['AMBER: passive means only', 'AMBER: alleen passieve middelen'],
  GREEN: ['GREEN: active means that do no harm', 'GREEN: actieve middelen die geen schade doen'],
  CLEAR: ['CLEAR: no limit', 'CLEAR: geen beperking'],
};
export const CLOCKS: Record<string, Pair> = {
  acknowledge: ['to be acknowledged', 'te bevestigen'],
  task: ['to be done', 'te doen'],
  lapse: ['lapses', 'vervalt'],
  situation: ['situation report', 'situatierapport'],
  request: ['answer to a request', 'antwoord op een verzoek'],
};
export const WAYS: Record<string, Pair> = {
  smtp: ['mail', 'e-mail'],
  webhook: ['webhook', 'webhook'],
  folder: ['folder', 'map'],
  telephone: ['telephone', 'telefoon'],
};
