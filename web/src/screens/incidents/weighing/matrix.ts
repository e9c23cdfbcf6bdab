// What the node says of the explanations of a case (baken/wiring/case_documents.py), and how it is asked to weigh.

import { wordOf, type Pair } from '$core/words';
import type { Field, Values } from '$parts/Act.svelte';
import { CREDIBILITIES, FITS, HYPOTHESES, RELIABILITIES, say } from './words';

export interface Explanation {
  hypothesis_id: string;
  text: string;
  benign: boolean;
  standing: boolean;
  inconsistency: number;
  inconsistency_low: number;
  inconsistency_high: number;
  pieces_against: number;
  pieces_not_rated: number;
}

export interface Piece {
  entry_id: string;
  title: string;
  grade: string;
  root: string;
  fits: Record<string, string | null>;
  diagnosticity: number;
  marking: string;
}

export interface Estimate {
  hypothesis_id: string;
  likelihood: string;
  likelihood_percent: [number, number];
  confidence: string;
  because: string;
  by: string;
  entry_id: string;
}

export interface Remark {
  text: string;
  by: string;
}

export interface MatrixDocument {
  settled: boolean;
  pieces_withheld: number;
  explanations: Explanation[];
  evidence: Piece[];
  carried_by: { entry_ids: string[]; first_without: string[] }[];
  one_voice: string[][];
  estimates: Estimate[];
  gaps: Remark[];
  dissent: Remark[];
  marking: string;
}

/** Return an explanation in words: those that are always on the list speak the reader's language. */
export function explained(one: { hypothesis_id: string; text?: string }): string {
  return HYPOTHESES[one.hypothesis_id] ? wordOf(HYPOTHESES, one.hypothesis_id) : (one.text ?? one.hypothesis_id);
}

/** Say whether somebody rated any piece for an explanation; what nobody weighed is not contradicted either. */
export function isWeighedIn(matrix: MatrixDocument, one: Explanation): boolean {
  return one.pieces_not_rated < matrix.evidence.length;
}

export function choices(words: Record<string, Pair>, hasKey = false): { value: string; text: string }[] {
  return Object.keys(words).map((value) => ({ value, text: hasKey ? `${value}: ${wordOf(words, value)}` : wordOf(words, value) }));
}

/** Return what is asked of somebody who grades a piece, beginning at the grade it has. */
export function gradeFields(grade: string, group = ''): Field[] {
  return [
    { name: 'reliability', label: say('reliability'), kind: 'choice', options: choices(RELIABILITIES, true), value: grade[0] },
    { name: 'credibility', label: say('credibility'), kind: 'choice', options: choices(CREDIBILITIES, true), value: grade[1] },
    { name: 'independence_group', label: say('group'), hint: say('groupHint'), isOptional: true, value: group },
  ];
}

/** Return what is asked of somebody who rates a piece: one question an explanation. */
export function rateFields(piece: Piece, explanations: readonly Explanation[]): Field[] {
  const options = [{ value: '', text: say('nothing') }, ...choices(FITS)];
  return explanations.map((one) => ({
    name: one.hypothesis_id,
    label: explained(one),
    kind: 'choice',
    options,
    value: piece.fits[one.hypothesis_id] ?? '',
  }));
}

/** Return what was answered anew; what stands already is not said again. */
export function rated(piece: Piece, explanations: readonly Explanation[], values: Values): Record<string, string> {
  const said = explanations.map((one) => [one.hypothesis_id, values[one.hypothesis_id] ?? ''] as const);
  return Object.fromEntries(said.filter(([name, fit]) => fit && fit !== piece.fits[name]));
}
