// The time shown, between two ticks of the clock: what runs fast moves, and does not jump once a second.

import { clock } from '$core/clock.svelte';
import { isStill } from '$core/settings.svelte';

const LONGEST_MS = 1500;

export class Flow {
  #shownMs = clock.shownMs;
  #atMs = Date.now();

  /** How many seconds pass in what is shown while one passes here. */
  get rate(): number {
    return clock.isLive ? 1 : clock.rate;
  }

  /** Whether it runs faster than the eye would see by the ticks alone. */
  get isFast(): boolean {
    return this.rate > 1 && !isStill();
  }

  /** The clock ticked, or somebody took the time elsewhere. */
  tick(): void {
    this.#shownMs = clock.shownMs;
    this.#atMs = Date.now();
  }

  get ms(): number {
    return this.#shownMs + (this.isFast ? Math.min(Date.now() - this.#atMs, LONGEST_MS) * this.rate : 0);
  }
}
