import type { Part } from '../parts';
import { say } from './words';

export const part: Part = {
  name: 'case',
  title: () => say('title'),
  order: 10,
  load: () => import('./Case.svelte'),
};
