// The parts of a case, each a tab with an address of its own.  A folder beside this file with a part.ts adds itself.

import type { Component } from 'svelte';
import type { IncidentDocument } from '$core/incidents';

export interface PartProps {
  incident: IncidentDocument;
  /** Ask the node anew. */
  refresh: () => Promise<void>;
  /** Put in what the node answered to an act on the incident itself. */
  put: (said: IncidentDocument) => void;
}

export interface Part {
  /** The last part of its address: `/incidents/NL-IN26-0001/response`. */
  name: string;
  title: () => string;
  /** The place among the tabs, smallest first; the first is where a case opens. */
  order: number;
  load: () => Promise<{ default: Component<PartProps> }>;
}

const found = import.meta.glob<{ part: Part }>('./*/part.ts', { eager: true });

export const parts: readonly Part[] = Object.values(found)
  .map((module) => module.part)
  .sort((one, other) => one.order - other.order);

/** Return the part of a name, the first when none is said; null where there is no such part. */
export function partOf(name: string): Part | null {
  return name ? (parts.find((each) => each.name === name) ?? null) : (parts[0] ?? null);
}
