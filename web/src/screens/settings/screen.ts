import type { Screen } from '$core/screens';
import { say } from './words';

export const screen: Screen = {
  order: 95,
  name: 'settings',
  title: () => say('title'),
  icon: 'M4 7h10M18 7h2M4 17h2M10 17h10M14 7a2 2 0 1 0 4 0 2 2 0 1 0-4 0M6 17a2 2 0 1 0 4 0 2 2 0 1 0-4 0',
  paths: ['settings'],
  load: () => import('./Settings.svelte'),
};
