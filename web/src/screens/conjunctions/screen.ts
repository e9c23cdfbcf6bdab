import type { Screen } from '$core/screens';
import { say } from './words';

export const screen: Screen = {
  order: 20,
  name: 'conjunctions',
  title: () => say('title'),
  icon: 'M3 19 21 5M4 6c5 1 11 6 16 12M12 12m-2.6 0a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0-5.2 0',
  paths: ['conjunctions', 'conjunctions/:event'],
  load: () => import('./Conjunctions.svelte'),
};
