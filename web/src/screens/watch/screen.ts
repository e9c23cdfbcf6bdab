import type { Screen } from '$core/screens';
import { say } from './words';

export const screen: Screen = {
  order: 10,
  name: 'watch',
  title: () => say('title'),
  icon: 'M3 12h4l3-7 4 14 3-7h4',
  paths: ['watch'],
  load: () => import('./Watch.svelte'),
};
