// The screens there are. A folder under screens/ with a screen.ts adds itself; nothing else names it.

import type { Component } from 'svelte';
import { match } from './router.svelte';

export interface Screen {
  /** The place in the rail, smallest first; a screen without one is reached from others only. */
  order: number;
  /** The first part of its address. */
  name: string;
  title: () => string;
  /** The path of a 24 × 24 icon, drawn with a stroke. */
  icon: string;
  /** The addresses it answers, like `conjunctions` and `conjunctions/:event`. */
  paths: string[];
  load: () => Promise<{ default: Component<{ params: Record<string, string> }> }>;
  /** Whether it has a use for the time bar. */
  hasTime?: boolean;
  /** Whether whoever reads has any use for it; else it is not in the rail. */
  isFor?: () => boolean;
}

const found = import.meta.glob<{ screen: Screen }>('../screens/*/screen.ts', { eager: true });

export const screens: readonly Screen[] = Object.values(found)
  .map((module) => module.screen)
  .sort((one, other) => one.order - other.order);

export interface Place {
  screen: Screen;
  params: Record<string, string>;
}

/** Return the screen of a path with the parts of its address; null where there is none. */
export function placeOf(path: string): Place | null {
  for (const screen of screens)
    for (const pattern of screen.paths) {
      const params = match(pattern, path);
      if (params) return { screen, params };
    }
  return null;
}
