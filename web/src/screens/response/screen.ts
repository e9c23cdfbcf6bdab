import type { Screen } from '$core/screens';
import { say } from './words';

export const screen: Screen = {
  order: 55,
  name: 'response',
  title: () => say('title'),
  icon: 'M4 5h16v10H9l-5 4zM8 9h8M8 12h5',
  paths: ['response', 'response/:mechanism'],
  load: () => import('./Screen.svelte'),
};
