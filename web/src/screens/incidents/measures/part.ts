import { say } from './words';

export const part = {
  name: 'measures',
  title: () => say('title'),
  order: 40,
  load: () => import('./Measures.svelte'),
};
