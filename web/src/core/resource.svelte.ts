// Something the node said, kept fresh while a page shows it.

import { get, type Problem } from './api';
import { HERE, live, type Told } from './live.svelte';

export interface Fresh {
  /** Asked again when something is told that this may rest on. */
  when?: (told: Told) => boolean;
  /** Asked again every so many seconds, for what no stream tells; 0 never. */
  everyS?: number;
}

export interface Resource<T> {
  readonly data: T | null;
  /** Why the newest question was not answered; `data` is what was said before. */
  readonly problem: Problem | null;
  readonly isAsking: boolean;
  /** When the node said this, by our own clock. */
  readonly askedMs: number;
  refresh(): Promise<void>;
  /** Put in what the node answered to an act, so that it need not be asked. */
  put(data: T): void;
}

const GATHER_MS = 250;
const GONE = new Set([403, 404]);

/** Ask for what an address names, again when it changes, and again when the world does. Call it in a component. */
export function resource<T>(address: () => string | null, fresh: Fresh = {}): Resource<T> {
  let data = $state.raw<T | null>(null);
  let problem = $state.raw<Problem | null>(null);
  let isAsking = $state(false);
  let askedMs = $state(0);
  let running: AbortController | null = null;
  let of: string | null = null;

  async function ask(url: string | null): Promise<void> {
    running?.abort();
    if (url !== of) [data, problem, of] = [null, null, url];
    if (url === null) return;
    const own = (running = new AbortController());
    isAsking = true;
    try {
      const said = await get<T>(url, own.signal);
      if (own.signal.aborted) return;
      if (said !== data) data = said;
      problem = null;
      askedMs = Date.now();
    } catch (error) {
      if (own.signal.aborted) return;
      problem = error as Problem;
      // What is no longer for whoever reads does not stay before him; when the line is down, it does.
      if (GONE.has(problem.status)) data = null;
    } finally {
      if (running === own) isAsking = false;
    }
  }

  $effect(() => {
    void ask(address());
    return () => running?.abort();
  });
  $effect(() => {
    let gathering: ReturnType<typeof setTimeout> | undefined;
    const stop = live.hear((told) => {
      if (gathering || !fresh.when || !(told.kind === HERE || fresh.when(told))) return;
      gathering = setTimeout(() => {
        gathering = undefined;
        void ask(of);
      }, GATHER_MS);
    });
    const timer = fresh.everyS ? setInterval(() => void ask(of), fresh.everyS * 1000) : undefined;
    return () => {
      stop();
      clearTimeout(gathering);
      clearInterval(timer);
    };
  });

  return {
    get data() {
      return data;
    },
    get problem() {
      return problem;
    },
    get isAsking() {
      return isAsking;
    },
    get askedMs() {
      return askedMs;
    },
    refresh: () => ask(of),
    put: (said: T) => {
      running?.abort();
      [data, problem, askedMs, isAsking] = [said, null, Date.now(), false];
    },
  };
}
