import type { Screen } from '$core/screens';
import { say } from './words';

export const screen: Screen = {
  order: 32,
  name: 'reentries',
  title: () => say('title'),
  icon: 'M4 4c7 1 12 5 14 12M18 16l-5-2m5 2 2-5M3 21h18M6 9l2 2m-4 2 2 2',
  paths: ['reentries', 'reentries/:event'],
  load: () => import('./Reentries.svelte'),
  hasTime: true,
};
