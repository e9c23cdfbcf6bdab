// Six steps of status, each with a colour, a shape and a word, for none of them alone is enough.
// Red is for "act now" and for nothing else.

import { speech } from './words';

export type Status = 'off' | 'standby' | 'normal' | 'caution' | 'serious' | 'critical';

const say = speech({
  off: ['off', 'uit'],
  standby: ['standby', 'paraat'],
  normal: ['normal', 'normaal'],
  caution: ['caution', 'let op'],
  serious: ['serious', 'ernstig'],
  critical: ['act now', 'nu handelen'],
});

export function statusWord(status: Status): string {
  return say(status);
}

/** The worst first. */
export const STATUSES: readonly Status[] = ['critical', 'serious', 'caution', 'normal', 'standby', 'off'];

/** Return the step of a level of urgency: ACT is now, LOOK is today, QUIET asks nobody. */
export function statusOfUrgency(level: string): Status {
  return level === 'ACT' ? 'critical' : level === 'LOOK' ? 'caution' : 'normal';
}

const LATE_H = 24;
const OLD_H = 24 * 7;

/** Return the step of an age of data, in hours: a day old is worth a look, a week old is worth little. */
export function statusOfAge(hours: number | null): Status {
  if (hours === null || !Number.isFinite(hours)) return 'off';
  return hours <= LATE_H ? 'normal' : hours <= OLD_H ? 'caution' : 'serious';
}
