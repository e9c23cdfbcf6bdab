import type { Screen } from '$core/screens';
import { say } from './words';

export const screen: Screen = {
  order: 90,
  name: 'audit',
  title: () => say('title'),
  icon: 'M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7M9 8h2',
  paths: ['audit', 'audit/:entry'],
  load: () => import('./Audit.svelte'),
};
