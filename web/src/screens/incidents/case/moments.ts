// A line of a timeline in words: by its fields where they are words of ours, else as it was said.

import { ANSWERS, EFFECTS, INCIDENT_KINDS, SEGMENTS, SEVERITIES, STEPS, URGENCIES } from '$core/incident-words';
import type { MomentDocument } from '$core/incidents';
import { wordOf, type Pair } from '$core/words';
import { CONFIDENCES, FITS, LIKELIHOODS } from '../weighing/words';
import { say } from './words';

export const WORDS_OF: Record<string, Record<string, Pair>> = {
  severity: SEVERITIES,
  urgency: URGENCIES,
  kind: INCIDENT_KINDS,
  unintended: ANSWERS,
  deliberate: ANSWERS,
  reversible: ANSWERS,
  effect: EFFECTS,
  segment: SEGMENTS,
};

type Said = Record<string, string>;

/** Return what a line says before its reason. */
export function momentText(moment: MomentDocument): string {
  const said = moment.said;
  const told = TELLERS[moment.kind]?.(said);
  if (!told) return moment.text;
  return said.because ? `${told}: ${said.because}` : told;
}

const TELLERS: Record<string, (said: Said) => string> = {
  opened: (said) => said.title ?? '',
  hypothesis: (said) => `${said.text} (${said.hypothesis_id})`,
  determination: (said) => `${said.state}, ${said.organ}: “${said.wording}”`,
  statement: (said) => (said.title && said.text ? `${said.title}. ${said.text}` : (said.title ?? said.text ?? '')),
  step: (said) => wordOf(STEPS, said.step ?? ''),
  judged: (said) => `${nameOf(said.name ?? '')}: ${said.value ? wordOf(WORDS_OF[said.name ?? ''] ?? {}, said.value) : say('back')}`,
  joined: (said) => say(said.act === 'leave' ? 'joins.leaves' : 'joins.', { what: said.event_id ?? said.entry_id ?? '' }),
  grade: (said) => `${said.piece} ${said.reliability}${said.credibility}`,
  rating: (said) => `${said.piece} × ${said.hypothesis_id}: ${wordOf(FITS, said.fit ?? '')}`,
  estimate: (said) => `${said.hypothesis_id}: ${wordOf(LIKELIHOODS, said.likelihood ?? '')}; ${wordOf(CONFIDENCES, said.confidence ?? '')}`,
};

function nameOf(name: string): string {
  return say((name === 'title' ? 'name' : name) as 'name');
}
