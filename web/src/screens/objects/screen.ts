import type { Screen } from '$core/screens';
import { say } from './words';

export const screen: Screen = {
  order: 40,
  name: 'objects',
  title: () => say('title'),
  icon: 'M9 9l6 6m-8-4 4-4 6 6-4 4zM3 9l3-3 3 3-3 3zm12 6 3-3 3 3-3 3zM4 20a6 6 0 0 0 6 0',
  paths: ['objects', 'objects/:object'],
  load: () => import('./Objects.svelte'),
  hasTime: true,
};
