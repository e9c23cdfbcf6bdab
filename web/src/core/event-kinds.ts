// What an event can be, by the two letters that stand in its id (baken/records/event.py).

import type { Pair } from './words';

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
