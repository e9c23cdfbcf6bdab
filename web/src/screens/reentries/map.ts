// A map of the whole world, equirectangular, two units a degree; lines go the short way round.

import type { Ring } from './fall';

export const WIDTH = 720;
export const HEIGHT = 360;
const TURN = 360;

export function x(longitude: number): number {
  return (longitude + 180) * 2;
}

export function y(latitude: number): number {
  return (90 - latitude) * 2;
}

/** Return a line or a ring as an SVG path, once more a turn to the side where it crosses the date line. */
export function drawn(points: Ring, isClosed: boolean): string {
  const unbroken = unwrapped(points);
  const longitudes = unbroken.map(([longitude]) => longitude);
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)];
  const parts = [];
  for (let turn = -2 * TURN; turn <= 2 * TURN; turn += TURN)
    if (west + turn < 180 && east + turn > -180) parts.push(pathOf(unbroken, turn, isClosed));
  return parts.join('');
}

function unwrapped(points: Ring): Ring {
  let before = points[0]?.[0] ?? 0;
  return points.map(([longitude, latitude]) => {
    before += ((((longitude - before + 180) % TURN) + TURN) % TURN) - 180;
    return [before, latitude];
  });
}

function pathOf(points: Ring, turn: number, isClosed: boolean): string {
  const corners = points.map(([longitude, latitude]) => `${x(longitude + turn).toFixed(1)} ${y(latitude).toFixed(1)}`);
  return `M${corners.join('L')}${isClosed ? 'Z' : ''}`;
}
