import type { Part } from '../parts';
import { say } from './words';

export const part: Part = {
  name: 'told',
  title: () => say('title'),
  order: 60,
  load: () => import('./Told.svelte'),
};
