import type { Screen } from '$core/screens';
import { say } from './words';

export const screen: Screen = {
  order: 30,
  name: 'globe',
  title: () => say('title'),
  icon: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M3 12h18M12 3c-5 5-5 13 0 18M12 3c5 5 5 13 0 18',
  paths: ['globe'],
  load: () => import('./Globe.svelte'),
  hasTime: true,
};
