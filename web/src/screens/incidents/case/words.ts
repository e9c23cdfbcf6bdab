import { speech } from '$core/words';

export const say = speech({
  title: ['The case', 'De zaak'],
  timeline: ['Timeline (UTC)', 'Tijdlijn (UTC)'],
});
