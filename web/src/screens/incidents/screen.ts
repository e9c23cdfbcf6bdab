import type { Screen } from '$core/screens';
import { say } from './words';

export const screen: Screen = {
  order: 50,
  name: 'incidents',
  title: () => say('title'),
  icon: 'M4 7h5l2 2h9v11H4zM4 7V5h5l2 2M8 14h8M8 17h5',
  paths: ['incidents', 'incidents/:incident', 'incidents/:incident/:part'],
  load: () => import('./Screen.svelte'),
};
