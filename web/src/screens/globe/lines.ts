// Orbits and ground tracks as lines on a picture.

import { instant } from '$core/quantities';
import type { Projection } from './camera';
import { onGround, turned, TURN_RAD_S, type Vector } from './geometry';
import type { TrackTold } from './sky';

export type LineKind = 'orbit' | 'ground' | 'link' | 'terminator' | 'swath';
/** A ring on the ground, longitude and latitude in degrees, not closed. */
export type Ring = [longitudeDeg: number, latitudeDeg: number][];
export interface Line {
  kind: LineKind;
  /** Which of the objects picked it belongs to: 0 or 1. */
  of: number;
  seen: string;
  /** The part behind the Earth, drawn faintly. */
  hidden: string;
}
export interface Mark {
  key: string;
  x: number;
  y: number;
  label: string;
  status: 'critical' | 'serious' | 'caution' | null;
  /** Which of the objects picked it is; -1 for none of them. */
  of: number;
}

/** Return the orbit and the ground track of an object as they stand over the globe at an instant. */
export function globeLines(track: TrackTold, of: number, ms: number, onto: Projection): Line[] {
  const turnRad = ((ms - instant(track.at_utc)) / 1000) * TURN_RAD_S;
  const orbit = track.orbit_m.map((point) => (point ? turned(point, turnRad) : null));
  const ground = track.latitude_deg.map((latitude, place) => {
    const longitude = track.longitude_deg[place];
    return latitude === null || longitude === null || longitude === undefined ? null : onGround(latitude, longitude, 12_000);
  });
  return [
    { kind: 'ground', of, ...drawn(ground, onto), hidden: '' },
    { kind: 'orbit', of, ...drawn(orbit, onto) },
  ];
}

/** Return the ground that pieces of what falls may come down on, over the globe. */
export function globeSwath(rings: Ring[], onto: Projection): Line[] {
  return rings.map((ring) => {
    const closed = [...ring, ...ring.slice(0, 1)].map(([longitude, latitude]) => onGround(latitude, longitude, 8_000));
    return { kind: 'swath', of: 0, ...drawn(closed, onto), hidden: '' };
  });
}

/** Return the same on a map. */
export function mapSwath(rings: Ring[], width: number): Line[] {
  return rings.map((ring) => ({ kind: 'swath', of: 0, seen: path([...ring, ...ring.slice(0, 1)], width), hidden: '' }));
}

/** Return the line between two objects. */
export function linkLine(one: Vector, other: Vector, onto: Projection): Line {
  return { kind: 'link', of: 0, ...drawn([one, other], onto) };
}

function drawn(points: (Vector | null)[], onto: Projection): { seen: string; hidden: string } {
  let [seen, hidden] = ['', ''];
  let before: { x: number; y: number; isSeen: boolean } | null = null;
  for (const point of points) {
    const at = point ? onto.of(...point) : null;
    if (at && before) {
      const piece = `M${before.x.toFixed(1)} ${before.y.toFixed(1)}L${at.x.toFixed(1)} ${at.y.toFixed(1)}`;
      if (at.isSeen && before.isSeen) seen += piece;
      else hidden += piece;
    }
    before = at;
  }
  return { seen, hidden };
}

/** Where a place stands on a map of a width; its height is half of that. */
export function onMap(latitudeDeg: number, longitudeDeg: number, width: number): [number, number] {
  return [((longitudeDeg + 180) / 360) * width, ((90 - latitudeDeg) / 360) * width];
}

/** Return the ground track of an object on a map. */
export function mapLine(track: TrackTold, of: number, width: number): Line {
  const places = track.latitude_deg.map((latitude, place) => [track.longitude_deg[place] ?? null, latitude] as const);
  return { kind: 'ground', of, seen: path(places, width), hidden: '' };
}

// A line that leaves the map on one side comes back on the other.
function path(places: (readonly [longitudeDeg: number | null, latitudeDeg: number | null])[], width: number): string {
  let text = '';
  let before: number | null = null;
  for (const [longitude, latitude] of places) {
    if (latitude === null || longitude === null) {
      before = null;
      continue;
    }
    const [x, y] = onMap(latitude, longitude, width);
    const isNext: boolean = before !== null && Math.abs(longitude - before) < 180;
    text += `${isNext ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
    before = longitude;
  }
  return text;
}

/** Return the line between day and night on a map. */
export function terminator(sun: Vector, width: number): Line {
  let seen = '';
  for (let longitude = -180; longitude <= 180; longitude += 2) {
    const rad = (longitude * Math.PI) / 180;
    const latitude = (Math.atan2(-(sun[0] * Math.cos(rad) + sun[1] * Math.sin(rad)), sun[2]) * 180) / Math.PI;
    const inRange = latitude > 90 ? latitude - 180 : latitude < -90 ? latitude + 180 : latitude;
    const [x, y] = onMap(inRange, longitude, width);
    seen += `${seen ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
  }
  return { kind: 'terminator', of: 0, seen, hidden: '' };
}
