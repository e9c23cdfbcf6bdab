import type { Screen } from '$core/screens';
import { say } from './words';

export const screen: Screen = {
  order: 60,
  name: 'releases',
  title: () => say('title'),
  icon: 'M4 7h9v11H4zM13 10h4l3 3v5h-7M7 11h3M7 14h3',
  paths: ['releases', 'releases/new', 'releases/rules', 'releases/:release'],
  load: () => import('./Releases.svelte'),
};
