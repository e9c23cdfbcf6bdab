// How the objects picked go round: asked now and then, for an orbit stands still among the stars.

import { untrack } from 'svelte';
import { path } from '$core/api';
import { clock } from '$core/clock.svelte';
import { node } from '$core/node.svelte';
import { resource } from '$core/resource.svelte';
import type { TrackTold } from './sky';

const NOW_AND_THEN_MS = 600_000;
const RARELY_MS = 3_600_000;

/** The tracks of one object or of two. Make it in a component. */
export class Tracks {
  /** What was told last of each, while something newer is on its way. */
  told = $state.raw<TrackTold[]>([]);

  constructor(ids: () => string[]) {
    const everyMs = $derived(clock.rate > 600 ? RARELY_MS : NOW_AND_THEN_MS);
    const atMs = $derived(Math.round(clock.shownMs / everyMs) * everyMs);
    const address = (place: number) => () => {
      const objectId = ids()[place];
      return objectId ? path('/sky/track', { object_id: objectId, at_utc: new Date(atMs).toISOString(), realm: node.realm }) : null;
    };
    const asked = [resource<TrackTold>(address(0)), resource<TrackTold>(address(1))];
    $effect(() => {
      const wanted = ids();
      const came = asked.map((each) => each.data);
      const before = untrack(() => this.told);
      const known = wanted.map((id, place) => (came[place]?.object_id === id ? came[place] : before.find((each) => each.object_id === id)));
      this.told = known.filter((each) => each !== undefined);
    });
  }
}
