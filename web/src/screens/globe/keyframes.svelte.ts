// Where everything is: told by the node at instants apart, a cubic in between (16 m at most at a minute apart).
// Good to draw, and never to measure a distance between two of them.

import { bytes, path, Problem } from '$core/api';
import type { Vector } from './geometry';

const FLOATS = 6;
const MOST_KEPT = 8;
/** Whoever drags through time asks when his hand rests. */
const REST_MS = 120;

export interface Keyframe {
  ms: number;
  /** Position (m) and velocity (m/s) of each object, Earth-fixed; zeros where its theory failed. */
  states: Float32Array<ArrayBuffer>;
}
export interface Between {
  from: Keyframe;
  to: Keyframe;
  ms: number;
}

/** Return how far apart keyframes are at a pace of time: closer ones would come too late. */
export function stepMs(rate: number): number {
  return rate <= 60 ? 60_000 : rate <= 600 ? 300_000 : 900_000;
}

export class Keyframes {
  /** Grows with every answer, for whoever draws. */
  nCame = $state(0);
  problem = $state.raw<Problem | null>(null);
  #kept = new Map<number, Keyframe>();
  #asked = new Map<number, AbortController>();
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly sky: string,
    readonly realm: string,
    readonly n: number,
    /** The orbits are others by now. */
    readonly onother: () => void,
  ) {}

  /** Return what lies around an instant, or null until the node told it. */
  around(ms: number, rate: number): Between | null {
    const step = stepMs(rate);
    const start = Math.floor(ms / step) * step;
    const wanted = [start, start + step, ...(rate > 0 ? [start + 2 * step] : [])];
    clearTimeout(this.#resting);
    if (wanted.some((each) => !this.#kept.has(each) && !this.#asked.has(each))) {
      if (rate > 0) this.#want(wanted);
      else this.#resting = setTimeout(() => this.#want(wanted), this.#kept.size ? REST_MS : 0);
    }
    const [from, to] = [this.#kept.get(start), this.#kept.get(start + step)];
    return from && to ? { from, to, ms } : null;
  }

  stop(): void {
    clearTimeout(this.#resting);
    for (const asking of this.#asked.values()) asking.abort();
    this.#asked.clear();
  }

  #want(wanted: number[]): void {
    for (const [ms, asking] of this.#asked)
      if (!wanted.includes(ms)) {
        asking.abort();
        this.#asked.delete(ms);
      }
    for (const ms of wanted) if (!this.#kept.has(ms) && !this.#asked.has(ms)) void this.#ask(ms);
  }

  async #ask(ms: number): Promise<void> {
    const asking = new AbortController();
    this.#asked.set(ms, asking);
    try {
      const url = path('/sky/positions', { at_utc: new Date(ms).toISOString(), realm: this.realm, sky: this.sky });
      const { content } = await bytes(url, asking.signal);
      this.#keep({ ms, states: known(content) });
      this.problem = null;
      this.nCame += 1;
    } catch (error) {
      if (asking.signal.aborted) return;
      if (!(error instanceof Problem)) throw error;
      if (error.status === 409) this.onother();
      else this.problem = error;
    } finally {
      if (this.#asked.get(ms) === asking) this.#asked.delete(ms);
    }
  }

  #keep(keyframe: Keyframe): void {
    this.#kept.set(keyframe.ms, keyframe);
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value as number);
  }
}

// A graphics card does what it likes with what is not a number; the centre of the Earth is never drawn.
function known(content: ArrayBuffer): Float32Array<ArrayBuffer> {
  const states = new Float32Array(content);
  for (let place = 0; place < states.length; place += 1) if (Number.isNaN(states[place])) states[place] = 0;
  return states;
}

/** Return the weights of a cubic through two states: of position, velocity, position, velocity. */
export function weightsOf({ from, to, ms }: Between): [number, number, number, number] {
  const stepS = (to.ms - from.ms) / 1000;
  const t = (ms - from.ms) / (to.ms - from.ms);
  const [t2, t3] = [t * t, t * t * t];
  return [2 * t3 - 3 * t2 + 1, (t3 - 2 * t2 + t) * stepS, 3 * t2 - 2 * t3, (t3 - t2) * stepS];
}

/** Return where one object is; null where its theory failed. */
export function positionOf(between: Between, row: number): Vector | null {
  const [a, b, c, d] = weightsOf(between);
  const { from, to } = between;
  const at = row * FLOATS;
  const part = (axis: number) =>
    a * (from.states[at + axis] as number) +
    b * (from.states[at + 3 + axis] as number) +
    c * (to.states[at + axis] as number) +
    d * (to.states[at + 3 + axis] as number);
  const position: Vector = [part(0), part(1), part(2)];
  return Math.hypot(...position) > 1e6 ? position : null;
}

/** Return how one object moves over the turning Earth. */
export function velocityOf(between: Between, row: number): Vector {
  const t = (between.ms - between.from.ms) / (between.to.ms - between.from.ms);
  const at = row * FLOATS + 3;
  const part = (axis: number) => (1 - t) * (between.from.states[at + axis] as number) + t * (between.to.states[at + axis] as number);
  return [part(0), part(1), part(2)];
}

/** Fill in where every object is, three numbers each. */
export function fillPositions(between: Between, into: Float32Array): void {
  const [a, b, c, d] = weightsOf(between);
  const [one, other] = [between.from.states, between.to.states];
  for (let row = 0, from = 0; row < into.length; from += FLOATS)
    for (let axis = 0; axis < 3; axis += 1, row += 1)
      into[row] =
        a * (one[from + axis] as number) +
        b * (one[from + 3 + axis] as number) +
        c * (other[from + axis] as number) +
        d * (other[from + 3 + axis] as number);
}
