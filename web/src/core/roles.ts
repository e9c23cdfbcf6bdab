// What people are called by what they may do.

import type { Pair } from './words';

export const ROLES: Record<string, Pair> = {
  analyst: ['analyst', 'analist'],
  'duty-officer': ['duty officer', 'wachtofficier'],
  coordinator: ['coordinator', 'coördinator'],
  'release-authority': ['release authority', 'vrijgever'],
  'security-officer': ['security officer', 'beveiligingsfunctionaris'],
  administrator: ['administrator', 'beheerder'],
  auditor: ['auditor', 'auditor'],
  'exercise-director': ['exercise director', 'oefenleider'],
};
