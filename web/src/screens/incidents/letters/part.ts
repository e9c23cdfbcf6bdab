import { say } from './words';

export const part = {
  name: 'letters',
  title: () => say('title'),
  order: 50,
  load: () => import('./Letters.svelte'),
};
