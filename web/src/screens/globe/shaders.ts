// What the graphics card does: the Earth with its land, its day and its night; and a point for each object.

export const EARTH_VERTEX = /* glsl */ `
uniform float polarShare;
varying vec3 up;
varying vec3 seen;
varying vec2 spot;
void main() {
  // A sphere of three.js has its poles on y; the Earth has them on z, and they are nearer.
  vec3 place = vec3(position.x, -position.z, position.y * polarShare);
  up = vec3(place.xy, place.z / (polarShare * polarShare));
  spot = vec2(uv.x * 360.0 - 180.0, degrees(atan(up.z, max(length(up.xy), 1e-6))));
  seen = cameraPosition - place;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(place, 1.0);
}`;

export const EARTH_FRAGMENT = /* glsl */ `
uniform sampler2D land;
uniform vec3 sun, sea, ground, coast, grid, night, air;
varying vec3 up;
varying vec3 seen;
varying vec2 spot;

void main() {
  float share = texture2D(land, vec2(spot.x / 360.0 + 0.5, spot.y / 180.0 + 0.5)).r;
  float edge = max(fwidth(share), 0.12);
  float isLand = smoothstep(0.5 - edge, 0.5 + edge, share);
  float isCoast = 1.0 - min(1.0, abs(share - 0.5) / edge);

  vec3 colour = mix(sea, ground, isLand);
  colour = mix(colour, coast, 0.45 * isCoast);
  vec2 away = abs(fract(spot / 30.0 + 0.5) - 0.5) * 30.0 / max(fwidth(spot), 1e-4);
  float graticule = 1.0 - smoothstep(0.4, 1.3, min(away.x, away.y));
  colour = mix(colour, grid, 0.35 * graticule);

  // Twilight ends for the eye with the Sun six degrees below the horizon.
  vec3 n = normalize(up);
  float day = smoothstep(-0.105, 0.06, dot(n, sun));
  float facing = clamp(dot(n, normalize(seen)), 0.0, 1.0);
  colour = mix(mix(night, colour, 0.42), colour, day);
  colour *= 0.78 + 0.22 * facing;
  float rim = (1.0 - facing) * (1.0 - facing);
  colour = mix(colour, air, (0.12 + 0.38 * day) * rim * rim);
  gl_FragColor = vec4(colour, 1.0);
}`;

export const AIR_VERTEX = /* glsl */ `
varying vec3 n;
varying vec3 seen;
void main() {
  n = position;
  seen = cameraPosition - position * 1.045;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position * 1.045, 1.0);
}`;

export const AIR_FRAGMENT = /* glsl */ `
uniform vec3 air, sun;
varying vec3 n;
varying vec3 seen;
void main() {
  float rim = clamp(-dot(normalize(n), normalize(seen)), 0.0, 1.0);
  float day = smoothstep(-0.3, 0.3, dot(normalize(n), sun));
  gl_FragColor = vec4(air, (0.15 + 0.85 * day) * 0.75 * pow(rim * 1.6, 2.6));
}`;

// Two states of each object, and the weights of a cubic between them.
export const OBJECTS_VERTEX = /* glsl */ `
uniform vec4 weights;
uniform float metre, size;
attribute vec3 fromPosition, fromVelocity, toPosition, toVelocity;
attribute vec4 painted;
varying vec4 colour;
void main() {
  vec3 place = metre * (weights.x * fromPosition + weights.y * fromVelocity + weights.z * toPosition + weights.w * toVelocity);
  colour = painted;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(place, 1.0);
  // In the middle of the Earth is nothing; what is not shown is put out of sight.
  if (painted.a < 0.5 || dot(place, place) < 0.1) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = size * clamp(1.15 - 0.03 * gl_Position.w, 0.8, 1.15);
}`;

export const OBJECTS_FRAGMENT = /* glsl */ `
varying vec4 colour;
void main() {
  float away = length(gl_PointCoord - 0.5);
  float cover = 1.0 - smoothstep(0.32, 0.5, away);
  if (cover < 0.02) discard;
  gl_FragColor = vec4(colour.rgb, 0.92 * cover);
}`;
