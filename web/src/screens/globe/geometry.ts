// Numbers of the Earth and of what goes round it, for drawing. Positions are Earth-fixed (ITRF), in metres.

/** WGS 84. */
export const EARTH_RADIUS_M = 6_378_137;
export const POLAR_SHARE = 1 - 1 / 298.257223563;
const ECCENTRICITY_SQUARED = 1 - POLAR_SHARE * POLAR_SHARE;
/** How fast the Earth turns under the stars, and under the Sun. */
export const TURN_RAD_S = 7.292115e-5;
export const SUN_TURN_RAD_S = (2 * Math.PI) / 86_400;

export type Vector = readonly [x: number, y: number, z: number];
export interface Place {
  latitudeDeg: number;
  longitudeDeg: number;
  heightM: number;
}

/** Return where on the ground something stands overhead, and how high (Bowring 1976, once: to a metre in orbit). */
export function placeOf([x, y, z]: Vector): Place {
  const out = Math.hypot(x, y);
  const polar = EARTH_RADIUS_M * POLAR_SHARE;
  const parametric = Math.atan2(z, POLAR_SHARE * out);
  const second = ECCENTRICITY_SQUARED / (1 - ECCENTRICITY_SQUARED);
  const latitude = Math.atan2(
    z + second * polar * Math.sin(parametric) ** 3,
    out - ECCENTRICITY_SQUARED * EARTH_RADIUS_M * Math.cos(parametric) ** 3,
  );
  const surface = EARTH_RADIUS_M * Math.sqrt(1 - ECCENTRICITY_SQUARED * Math.sin(latitude) ** 2);
  return {
    latitudeDeg: (latitude * 180) / Math.PI,
    longitudeDeg: (Math.atan2(y, x) * 180) / Math.PI,
    heightM: out * Math.cos(latitude) + z * Math.sin(latitude) - surface,
  };
}

/** Return a place on the ground as a vector. */
export function onGround(latitudeDeg: number, longitudeDeg: number, heightM = 0): Vector {
  const [latitude, longitude] = [(latitudeDeg * Math.PI) / 180, (longitudeDeg * Math.PI) / 180];
  const across = EARTH_RADIUS_M / Math.sqrt(1 - ECCENTRICITY_SQUARED * Math.sin(latitude) ** 2);
  const out = (across + heightM) * Math.cos(latitude);
  return [
    out * Math.cos(longitude),
    out * Math.sin(longitude),
    ((1 - ECCENTRICITY_SQUARED) * across + heightM) * Math.sin(latitude),
  ];
}

/** Return how fast something is among the stars: its Earth-fixed velocity, and what the Earth turned under it. */
export function speedAmongStars([x, y]: Vector, [vx, vy, vz]: Vector): number {
  return Math.hypot(vx - TURN_RAD_S * y, vy + TURN_RAD_S * x, vz);
}

/** Turn something that stands still among the stars (or under the Sun) as the Earth turns away from it. */
export function turned([x, y, z]: Vector, rad: number): Vector {
  const [cosine, sine] = [Math.cos(rad), Math.sin(rad)];
  return [x * cosine + y * sine, y * cosine - x * sine, z];
}
