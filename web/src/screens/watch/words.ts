import { speech } from '$core/words';

export const say = speech({
  title: ['Watch', 'Wacht'],
});
