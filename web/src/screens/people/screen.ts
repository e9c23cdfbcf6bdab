import { node } from '$core/node.svelte';
import type { Screen } from '$core/screens';
import { say } from './words';

export const screen: Screen = {
  order: 85,
  name: 'people',
  title: () => say('title'),
  icon: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14a6.5 6.5 0 0 1 3.5 6',
  paths: ['people', 'people/:account'],
  load: () => import('./People.svelte'),
  isFor: () => node.may('GET /people'),
};
