import type { Screen } from '$core/screens';
import { say } from './words';

export const screen: Screen = {
  order: 80,
  name: 'sources',
  title: () => say('title'),
  icon: 'M4 18a10 10 0 0 1 10-10M4 12a16 16 0 0 1 4-4M5 21a7 7 0 0 1 7-7M18 5l-4 4M19 8a3 3 0 0 1-6 0 3 3 0 0 1 6 0zM4 21h16',
  paths: ['sources'],
  load: () => import('./Sources.svelte'),
};
