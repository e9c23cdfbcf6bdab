import { say } from './words';

export const part = {
  name: 'response',
  title: () => say('title'),
  order: 30,
  load: () => import('./Response.svelte'),
};
