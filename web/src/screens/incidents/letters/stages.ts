// How far a letter is, as a word and as a step of status.

import type { Status } from '$core/statuses';
import { wordOf } from '$core/words';
import type { LetterDocument } from '../../response/documents';
import { LETTER_STAGES } from '../../response/kinds';

export const LETTERS = 'POST /incidents/{incident}/response/notices';

/** What became of a try to send, just now. */
export interface Tried {
  key: string;
  step: string;
  said: string;
}

export function stageWord(letter: LetterDocument): string {
  return wordOf(LETTER_STAGES, letter.moot ? 'moot' : letter.stage);
}

export function statusOf(letter: LetterDocument): Status {
  if (letter.moot || letter.stage === 'withdrawn') return 'off';
  if (letter.stage === 'acknowledged' || letter.stage === 'sent') return 'normal';
  if (letter.stage === 'refused' || letter.stage === 'failed') return 'serious';
  return letter.stage === 'drafted' ? 'caution' : 'standby';
}

/** Return what a letter is about: its own subject, without the name of the case that all of them bear. */
export function aboutWhat(letter: LetterDocument): string {
  return letter.subject.replace(/^[A-Z]{2,8}-IN\d{2}-\d{4,}: /, '');
}
