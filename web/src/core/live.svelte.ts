// What is new, as it comes. When the line drops, the node is told what we heard last, and nothing is lost.

import { path } from './api';
import type { Realm } from './node.svelte';

export interface Told {
  entry_id: string;
  kind: string;
  subject: string;
  heardMs: number;
  place: number;
}

type Hear = (told: Told) => void;
// The node ends a stream every minute and is asked again; only a longer silence is one.
const LOST_AFTER_MS = 8_000;
const AGAIN_AFTER_MS = 3_000;
const MOST_KEPT = 500;
/** The kind of what is told when listening begins. */
export const HERE = 'here';

class Live {
  state = $state<'joining' | 'live' | 'lost'>('joining');
  lostSinceMs = $state<number | null>(null);
  /** What was heard since the page was opened, newest first: the archive of notifications. */
  heard = $state.raw<Told[]>([]);
  unread = $state(0);

  #hears = new Set<Hear>();
  #source: EventSource | null = null;
  #last: number | null = null;
  #realm: Realm | null = null;
  #who = '';
  #lost: ReturnType<typeof setTimeout> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;

  hear(hear: Hear): () => void {
    this.#hears.add(hear);
    return () => this.#hears.delete(hear);
  }

  /** Listen to a world as somebody: each has a count of entries of his own, and hears nothing of another's. */
  listen(realm: Realm, who: string): () => void {
    if (realm !== this.#realm || who !== this.#who) [this.#last, this.heard, this.unread] = [null, [], 0];
    [this.#realm, this.#who] = [realm, who];
    this.#open();
    return () => this.#close();
  }

  #open(): void {
    this.#close();
    const source = new EventSource(path('/stream', { realm: this.#realm, after: this.#last }));
    this.#source = source;
    source.onopen = () => {
      clearTimeout(this.#lost);
      this.#lost = undefined;
      this.state = 'live';
      this.lostSinceMs = null;
    };
    source.onerror = () => {
      this.#lost ??= setTimeout(() => {
        this.state = 'lost';
        this.lostSinceMs ??= Date.now();
      }, LOST_AFTER_MS);
      // Whoever was refused is not asked again by the browser itself.
      if (source.readyState === EventSource.CLOSED) this.#again = setTimeout(() => this.#open(), AGAIN_AFTER_MS);
    };
    // Where the log stands as we begin to listen: what was asked before may be older than that.
    source.addEventListener('here', (event) => this.#begin(event as MessageEvent<string>));
    source.addEventListener('entry', (event) => this.#tell(event as MessageEvent<string>));
  }

  #begin(event: MessageEvent<string>): void {
    if (event.lastEventId !== '') this.#last ??= Number(event.lastEventId);
    for (const hear of this.#hears) hear({ entry_id: '', kind: HERE, subject: '', heardMs: Date.now(), place: -1 });
  }

  #tell(event: MessageEvent<string>): void {
    const place = Number(event.lastEventId);
    if (this.#last !== null && place <= this.#last) return;
    this.#last = place;
    const told = { ...(JSON.parse(event.data) as Omit<Told, 'heardMs' | 'place'>), heardMs: Date.now(), place };
    this.heard = [told, ...this.heard].slice(0, MOST_KEPT);
    this.unread += 1;
    for (const hear of this.#hears) hear(told);
  }

  #close(): void {
    clearTimeout(this.#again);
    clearTimeout(this.#lost);
    this.#lost = undefined;
    this.#source?.close();
    this.#source = null;
  }
}

export const live = new Live();
