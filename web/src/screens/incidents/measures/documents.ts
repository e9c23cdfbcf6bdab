// What the node says of measures, as far as this part shows it.

import { wordOf } from '$core/words';
import type { Both } from '../../response/documents';
import { SEVERITIES } from '$core/incident-words';
import { CONFIDENCE, say } from './words';

export interface Missing {
  need: string;
  at_least: string | null;
  audience: string | null;
  pieces: number | null;
}

export interface MeasureDocument {
  measure_id: string;
  name: Both;
  what: Both;
  category: string;
  level: string;
  legal_basis: Both;
  proposer: Both;
  decider: Both;
  executor: Both;
  voting: string;
  attribution: string;
  from_confidence: string;
  evidence_for: Record<string, number>;
  from_severity: string;
  when_confirmed: boolean;
  reversible: string;
  escalation: string;
  works_within: string;
  duration: Both;
  precedent: Both | null;
  line: Both;
  sources: { title: string; url: string; says: string; checked_on: string | null }[];
  to_be_checked_by_counsel: boolean;
  supported: boolean;
  missing: Missing[];
}

export interface ListedDocument {
  case: {
    kind: string;
    severity: string;
    stage: string;
    determined_by: string[];
    released: Record<string, number>;
    pieces: number;
  };
  measures: MeasureDocument[];
}

export interface Said {
  text: string;
  by: string;
  at_utc: string;
  entry_id: string;
  outcome?: string;
  decider?: string;
}

export interface Sheet {
  measure_id: string;
  weighed: Record<string, Said | null>;
  proposals: Said[];
  decisions: Said[];
}

export interface Checklist {
  name: Both;
  about: Both;
  questions: { question: string; text: Both; answers: Said[] }[];
}

/** Return in words what a case lacks. */
export function lacking(missing: Missing): string {
  const word = missing.at_least ?? '';
  switch (missing.need) {
    case 'kind':
      return say('needKind');
    case 'severity':
      return say('needSeverity', { word: wordOf(SEVERITIES, word) });
    case 'stage':
      return say('needStage');
    case 'judgement':
      return say('needJudgement', { word: wordOf(CONFIDENCE, word) });
    case 'determination':
      return say('needDetermination');
    default:
      return say('needEvidence', { n: missing.pieces ?? 0, audience: missing.audience ?? '' });
  }
}
