// Words in two languages. Every folder keeps its own, next to what it shows:
//   const say = speech({ title: ['Watch', 'Wacht'], left: ['{count} left', 'nog {count}'] });
//   say('title'); say('left', { count: 3 })

import { settings } from './settings.svelte';

export type Pair = readonly [en: string, nl: string];
export type Figures = Record<string, string | number>;
const PLACE = { en: 0, nl: 1 } as const;

/** Return what says words in whatever language is spoken now; a number is written as the language does. */
export function speech<Key extends string>(words: Record<Key, Pair>): (key: Key, figures?: Figures) => string {
  return (key, figures = {}) =>
    words[key][PLACE[settings.language]].replace(/\{(\w+)\}/g, (_, name: string) => told(figures[name]));
}

/** Return a word of a table by a name that came from the server; one nobody translated, as plain words. */
export function wordOf(words: Record<string, Pair>, name: string): string {
  return words[name]?.[PLACE[settings.language]] ?? name.replaceAll('_', ' ').replaceAll('-', ' ');
}

function told(figure: string | number | undefined): string {
  return typeof figure === 'number' ? count(figure) : (figure ?? '');
}

// A comma is a decimal sign in Dutch and a full stop is one in English; a narrow space is neither.
/** Return a number of things, its thousands set apart. */
export function count(number: number): string {
  const between = settings.language === 'nl' ? '\u202f' : ',';
  return String(Math.round(number)).replace(/\B(?=(\d{3})+(?!\d))/g, between);
}
