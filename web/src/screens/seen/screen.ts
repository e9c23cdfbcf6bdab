import type { Screen } from '$core/screens';
import { say } from './words';

export const screen: Screen = {
  // Reached from releases, events and objects; it has no place in the rail of its own.
  order: Infinity,
  name: 'seen',
  title: () => say('title'),
  icon: '',
  paths: ['seen', 'seen/:name'],
  load: () => import('./WhoSaw.svelte'),
};
