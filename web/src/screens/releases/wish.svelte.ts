// What somebody wants to release, as he fills it in; what he does not say is the strictest.

import { clock } from '$core/clock.svelte';

export const COARSE = 'epoch=1min position=1km velocity=1m/s sigma=1km digits=2 keep=title';
const DAY_MS = 86_400_000;
const USUAL_DAYS = 90;

export class Wish {
  what = $state('');
  recipients = $state<string[]>([]);
  how = $state<'file' | 'coarse' | 'full' | 'own'>('file');
  own = $state('');
  delay = $state('');
  purpose = $state('');
  untilUtc = $state(`${new Date(clock.nowMs + USUAL_DAYS * DAY_MS).toISOString().slice(0, 10)}T00:00:00Z`);
  onward = $state('nobody');
  licence = $state('');
  title = $state('');

  get isAsked(): boolean {
    return this.what !== '' && this.recipients.length > 0;
  }

  /** Return how precisely, in words; of a partner's own file with a delay, those words and the delay. */
  precision(ofFile: string): string {
    const words = { file: this.delay ? ofFile : '', coarse: COARSE, full: 'full', own: this.own.trim() }[this.how];
    return [words, this.delay && `delay=${this.delay}`].filter(Boolean).join(' ');
  }

  /** Return what is sent for one recipient. */
  body(code: string, ofFile: string, realm: string): Record<string, unknown> {
    return {
      what: this.what,
      recipients: [code],
      precision: this.precision(ofFile),
      purpose: this.purpose,
      until_utc: this.untilUtc || null,
      onward: this.onward,
      licence: this.licence,
      title: this.title,
      realm,
    };
  }
}
