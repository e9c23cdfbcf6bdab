import type { Part } from '../parts';
import { say } from './words';

export const part: Part = {
  name: 'evidence',
  title: () => say('title'),
  order: 30,
  load: () => import('./Evidence.svelte'),
};
