// What can be given to an account, in words.

import type { Pair } from './words';

export const RIGHTS: Record<string, Pair> = {
  role: ['role', 'rol'],
  group: ['group', 'groep'],
  'acts-for': ['acts for', 'handelt voor'],
  audience: ['audience', 'publiek'],
  nationality: ['nationality', 'nationaliteit'],
  clearance: ['clearance', 'bevoegdheid'],
  need: ['need to know', 'behoefte om te weten'],
  category: ['category', 'categorie'],
  case: ['case', 'zaak'],
  realm: ['world', 'wereld'],
};
