import type { Screen } from '$core/screens';
import { say } from './words';

export const screen: Screen = {
  order: 34,
  name: 'breakups',
  title: () => say('title'),
  icon: 'M12 12m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M12 3v4M12 17v4M3 12h4M17 12h4M5.6 5.6l2.6 2.6M15.8 15.8l2.6 2.6M18.4 5.6l-2.6 2.6M8.2 15.8l-2.6 2.6',
  paths: ['breakups', 'breakups/:event'],
  load: () => import('./Breakups.svelte'),
};
