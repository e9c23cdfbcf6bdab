import type { Part } from '../parts';
import { say } from './words';

export const part: Part = {
  name: 'explanations',
  title: () => say('title'),
  order: 20,
  load: () => import('./Weighing.svelte'),
};
