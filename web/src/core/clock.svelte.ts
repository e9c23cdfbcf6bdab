// Two times that are never one: the one it is, and the one that is shown.

import { node } from './node.svelte';

const TICK_MS = 1000;

class Clock {
  /** What time it is at the node, in milliseconds of UTC. */
  nowMs = $state(Date.now());
  /** The instant shown when that is not now; null is live. */
  heldMs = $state<number | null>(null);
  /** How many seconds pass in what is shown while one passes here; 0 stands still. */
  rate = $state(0);

  get shownMs(): number {
    return this.heldMs ?? this.nowMs;
  }

  get isLive(): boolean {
    return this.heldMs === null;
  }

  show(ms: number): void {
    this.heldMs = ms;
  }

  live(): void {
    this.heldMs = null;
    this.rate = 0;
  }

  run(): () => void {
    let lastMs = Date.now();
    const tick = () => {
      const ms = Date.now();
      this.nowMs = ms + node.aheadMs;
      if (this.heldMs !== null && this.rate !== 0) this.heldMs += (ms - lastMs) * this.rate;
      lastMs = ms;
    };
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }
}

export const clock = new Clock();
