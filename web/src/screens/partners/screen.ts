import type { Screen } from '$core/screens';
import { say } from './words';

export const screen: Screen = {
  order: 70,
  name: 'partners',
  title: () => say('title'),
  icon: 'M8 11a3 3 0 1 0 0-6a3 3 0 1 0 0 6M16 11a3 3 0 1 0 0-6a3 3 0 1 0 0 6M2.5 19c.6-3.4 2.6-5 5.5-5s4.900 1.600 5.500 5M15 14c3 0 5.300 1.400 6 5',
  paths: ['partners', 'partners/:partner'],
  load: () => import('./Partners.svelte'),
};
