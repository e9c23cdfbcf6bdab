// Where we are. Every object, event, incident and time has an address that can be sent to somebody.

import { clock } from './clock.svelte';
import { node, REALMS, type Realm } from './node.svelte';

export const BASE = '/console';

class Router {
  path = $state('/');
  query = $state.raw(new URLSearchParams());
  #time: string | null | undefined;

  read(): void {
    this.path = decodeURI(location.pathname.slice(BASE.length)) || '/';
    this.query = new URLSearchParams(location.search);
    const time = this.query.get('t');
    // Time that runs is not set back because something else in the address changed.
    if (time === this.#time) return;
    this.#time = time;
    const heldMs = Date.parse(time ?? '');
    clock.heldMs = Number.isFinite(heldMs) ? heldMs : null;
  }

  /** Return the world an address speaks of, if it says so. */
  get realm(): Realm | null {
    return REALMS.find((each) => each === this.query.get('realm')) ?? null;
  }

  go(to: string, { replace = false } = {}): void {
    history[replace ? 'replaceState' : 'pushState'](null, '', to);
    this.read();
  }

  /** Put something into the address without leaving the page; null takes it out. */
  say(name: string, value: string | null): void {
    const query = new URLSearchParams(location.search);
    if (value === null) query.delete(name);
    else query.set(name, value);
    const text = query.toString();
    this.go(`${location.pathname}${text ? `?${text}` : ''}`, { replace: true });
  }
}

export const router = new Router();

/** Return the address of a place in the console, in the world that is looked at, at the time that is shown. */
export function to(place: string, query: Record<string, string> = {}): string {
  const said = new URLSearchParams({ realm: node.realm, ...query });
  if (clock.heldMs !== null && !said.has('t')) said.set('t', new Date(clock.heldMs).toISOString());
  return `${BASE}${place}?${said}`;
}

/** Return the address of whatever bears a name: an event, an incident, an object, a release, an entry. */
export function toNamed(name: string): string | null {
  const kind = /^[A-Z]{2,8}-([A-Z]{2})\d{2}-\d{4,}$/.exec(name)?.[1];
  const screens: Record<string, string> = { CJ: 'conjunctions', RE: 'reentries', FR: 'breakups', IN: 'incidents', RL: 'releases' };
  if (kind) return screens[kind] ? to(`/${screens[kind]}/${name}`) : null;
  if (name.startsWith('OBJ-')) return to(`/objects/${name}`);
  if (name.startsWith('EV-')) return to(`/audit/${name}`);
  return null;
}

/** Follow links within the console without loading the page anew. */
export function followLinks(): () => void {
  const clicked = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest('a');
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (link.pathname !== BASE && !link.pathname.startsWith(`${BASE}/`)) return;
    event.preventDefault();
    router.go(link.href);
  };
  const moved = () => router.read();
  document.addEventListener('click', clicked);
  addEventListener('popstate', moved);
  return () => {
    document.removeEventListener('click', clicked);
    removeEventListener('popstate', moved);
  };
}

/** Match a pattern like `conjunctions/:event` with a path; null when it is another. */
export function match(pattern: string, at: string): Record<string, string> | null {
  const asked = pattern.split('/').filter(Boolean);
  const given = at.split('/').filter(Boolean);
  if (asked.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [place, part] of asked.entries()) {
    const value = given[place] as string;
    if (part.startsWith(':')) params[part.slice(1)] = value;
    else if (part !== value) return null;
  }
  return params;
}
