// What a person set for himself on this machine: the language, the light, and how the rail stands.

export type Language = 'en' | 'nl';
export type Theme = 'dark' | 'light';

const KEPT = 'baken.settings';

interface Settings {
  language: Language;
  theme: Theme;
}

function kept(): Settings {
  const told = new URLSearchParams(location.search);
  let stored: Partial<Settings> = {};
  try {
    stored = JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<Settings>;
  } catch {
    // Whatever stands there was not written by us: begin as on a new machine.
  }
  const own = navigator.language.startsWith('nl') ? 'nl' : 'en';
  return {
    language: oneOf(told.get('lang'), ['en', 'nl']) ?? oneOf(stored.language, ['en', 'nl']) ?? own,
    theme: oneOf(told.get('theme'), ['dark', 'light']) ?? oneOf(stored.theme, ['dark', 'light']) ?? 'dark',
  };
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[]): T | null {
  return allowed.find((each) => each === value) ?? null;
}

export const settings = $state(kept());

/** Keep what was set, and let the page show it. */
export function followSettings(): void {
  $effect(() => {
    document.documentElement.lang = settings.language;
    document.documentElement.dataset.theme = settings.theme;
    try {
      localStorage.setItem(KEPT, JSON.stringify(settings));
    } catch {
      // A browser that keeps nothing forgets it with the page; nothing else is lost.
    }
  });
}

/** Say whether somebody asked that nothing moves by itself. */
export function isStill(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
