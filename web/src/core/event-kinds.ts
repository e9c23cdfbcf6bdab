// What an event can be, by the two letters that stand in its id (baken/records/event.py).

import type { Pair } from './words';

/** How soon an event asks for somebody, as every list says it. */
export const LEVELS: Record<string, Pair> = { ACT: ['act now', 'nu handelen'], LOOK: ['look', 'bekijken'], QUIET: ['quiet', 'rustig'] };

export const EVENT_KINDS: Record<string, Pair> = {
  CJ: ['conjunction', 'nadering'],
  RE: ['re-entry', 'terugkeer'],
  FR: ['breakup', 'uiteenvallen'],
  MN: ['manoeuvre', 'manoeuvre'],
  PX: ['proximity', 'nabijheid'],
  IF: ['interference', 'storing'],
  SW: ['space weather', 'ruimteweer'],
  NE: ['near-Earth object', 'aardscheerder'],
};
