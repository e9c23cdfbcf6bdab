// Every release of a world, page after page: a table is sorted and filtered whole.

import { get, path, type Problem } from '$core/api';
import { HERE, live } from '$core/live.svelte';
import { node } from '$core/node.svelte';
import type { Release } from '$core/releases';
import type { Resource } from '$core/resource.svelte';

interface Page {
  releases: Release[];
  next_cursor: string | null;
  marking: string;
}
export interface Told {
  releases: Release[];
  markings: string[];
}
const LARGEST = 200;

/** Ask for all of them, and again when one changes. Call it in a component. */
export function allReleases(): Resource<Told> {
  let data = $state.raw<Told | null>(null);
  let problem = $state.raw<Problem | null>(null);
  let isAsking = $state(false);
  let askedMs = $state(0);
  let of: string | null = null;

  async function ask(realm: string): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    try {
      const told: Told = { releases: [], markings: [] };
      let cursor: string | null = null;
      do {
        const page: Page = await get<Page>(path('/releases', { realm, limit: LARGEST, cursor }));
        told.releases.push(...page.releases);
        if (page.releases.length) told.markings.push(page.marking);
        cursor = page.next_cursor;
      } while (cursor);
      if (of === realm) [data, problem, askedMs] = [told, null, Date.now()];
    } catch (error) {
      problem = error as Problem;
    } finally {
      isAsking = false;
    }
  }

  $effect(() => {
    of = node.realm;
    void ask(of);
    return live.hear((told) => {
      if (of && [HERE, 'release', 'partner'].includes(told.kind)) void ask(of);
    });
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
    refresh: () => ask(node.realm),
    put: (told: Told) => {
      data = told;
    },
  };
}
