// What has which colour on globe and map: always colours of the theme, and never a colour alone.

import type { SkyTold } from './sky';

export type By = 'kind' | 'regime';
export const BYS: readonly By[] = ['kind', 'regime'];
export type Rgb = readonly [r: number, g: number, b: number];

const OF: Record<By, Record<string, string>> = {
  kind: { payload: '--series-1', 'rocket body': '--series-2', debris: '--off', unknown: '--series-4' },
  regime: { LEO: '--series-1', MEO: '--series-3', GEO: '--series-5', HEO: '--series-4', HIGH: '--series-2' },
};

/** Return the name of the colour of a class. */
export function colourOf(by: By, word: string): string {
  return OF[by][word] ?? '--quiet';
}

/** Return a colour of the theme as it is now, in parts of 255. */
export function rgb(name: string): Rgb {
  const text = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const number = Number.parseInt(text.length === 4 ? text.replace(/#(.)(.)(.)/, '$1$1$2$2$3$3') : text.slice(1), 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

/** Return a colour between two. */
export function mix(one: Rgb, other: Rgb, share: number): Rgb {
  const part = (place: 0 | 1 | 2) => one[place] + (other[place] - one[place]) * share;
  return [part(0), part(1), part(2)];
}

/** The colours of the Earth, of what the theme has. */
export function earthColours(): { sea: Rgb; land: Rgb; coast: Rgb; grid: Rgb; night: Rgb; air: Rgb } {
  const [ground, panel, quiet, accent, edge] = ['--ground', '--panel', '--quiet', '--accent', '--edge'].map(rgb) as [Rgb, Rgb, Rgb, Rgb, Rgb];
  const isDark = ground[0] < 128;
  const sea = mix(panel, accent, isDark ? 0.22 : 0.2);
  return {
    sea,
    land: isDark ? mix(edge, quiet, 0.12) : mix(panel, quiet, 0.36),
    coast: mix(quiet, sea, 0.2),
    grid: mix(sea, quiet, 0.5),
    night: isDark ? ground : mix(quiet, accent, 0.25),
    air: accent,
  };
}

/** Return for each object its colour, and 255 or 0 for whether it is shown. */
export function paint(sky: SkyTold, by: By, hidden: ReadonlySet<string>): Uint8Array<ArrayBuffer> {
  const palette = (by === 'kind' ? sky.kinds : sky.regimes).map((word) => rgb(colourOf(by, word)));
  const [noKind, noRegime] = [sky.kinds, sky.regimes].map((words) => words.map((word) => hidden.has(word))) as [boolean[], boolean[]];
  const painted = new Uint8Array(4 * sky.object_id.length);
  for (let row = 0, at = 0; row < sky.object_id.length; row += 1, at += 4) {
    const [kind, regime] = [sky.kind[row] as number, sky.regime[row] as number];
    painted.set(palette[by === 'kind' ? kind : regime] as Rgb, at);
    painted[at + 3] = noKind[kind] || noRegime[regime] ? 0 : 255;
  }
  return painted;
}
