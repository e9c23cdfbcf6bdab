// Numbers as people read them: each with its unit, none with more digits than it deserves.
// The same rules as at the command line (baken/report/quantities.py).

import { speech } from './words';

const say = speech({
  unknown: ['unknown', 'onbekend'],
  ago: ['{time} ago', '{time} geleden'],
  in: ['in {time}', 'over {time}'],
});
// Nobody acts on less, and no covariance known here is good for more.
const NEGLIGIBLE = 1e-10;
const DAY_S = 86_400;
const HOUR_S = 3_600;
const MINUTE_S = 60;
export type Measured = number | null | undefined;

export function isKnown(value: Measured): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** `12 m`, `843 m`, `18.6 km` */
export function distance(m: Measured): string {
  if (!isKnown(m)) return say('unknown');
  return Math.abs(m) >= 10_000 ? `${(m / 1000).toFixed(1)} km` : `${m.toFixed(0)} m`;
}

/** `14.6 km/s`, `3.2 m/s` */
export function speed(m_s: Measured): string {
  if (!isKnown(m_s)) return say('unknown');
  return Math.abs(m_s) >= 1000 ? `${(m_s / 1000).toFixed(1)} km/s` : `${Number(m_s.toPrecision(2))} m/s`;
}

/** `4.7e-05`, `<1e-10`; what is missing is said to be missing. */
export function probability(p: Measured): string {
  if (!isKnown(p)) return say('unknown');
  return p < NEGLIGIBLE ? `<${scientific(NEGLIGIBLE, 1)}` : scientific(p);
}

/** `4.7e-05` */
export function scientific(value: number, digits = 2): string {
  return value.toExponential(digits - 1).replace(/e([+-])(\d)$/, 'e$10$2');
}

/** `2 d 7 h`, `1 h 23 min`, `42 s`: a stretch of time in its two largest units. */
export function duration(s: Measured): string {
  if (!isKnown(s)) return say('unknown');
  const sign = s < 0 ? '−' : '';
  const size = Math.abs(s);
  if (size >= DAY_S) return `${sign}${Math.floor(size / DAY_S)} d ${Math.floor((size % DAY_S) / HOUR_S)} h`;
  if (size >= HOUR_S) return `${sign}${Math.floor(size / HOUR_S)} h ${Math.floor((size % HOUR_S) / MINUTE_S)} min`;
  if (size >= MINUTE_S) return `${sign}${Math.floor(size / MINUTE_S)} min ${Math.floor(size % MINUTE_S)} s`;
  return `${sign}${Math.floor(size)} s`;
}

/** `in 2 d 7 h`, `3 h 2 min ago`: how far an instant lies from another. */
export function fromNow(atMs: Measured, nowMs: number): string {
  if (!isKnown(atMs)) return say('unknown');
  const s = (atMs - nowMs) / 1000;
  return s >= 0 ? say('in', { time: duration(s) }) : say('ago', { time: duration(-s) });
}

/** `T−01:23:45`: a countdown whose width does not change as it runs. */
export function countdown(atMs: Measured, nowMs: number): string {
  if (!isKnown(atMs)) return say('unknown');
  const s = Math.floor(Math.abs(atMs - nowMs) / 1000);
  const [days, hours, minutes, seconds] = [Math.floor(s / DAY_S), Math.floor((s % DAY_S) / HOUR_S), Math.floor((s % HOUR_S) / MINUTE_S), s % MINUTE_S];
  const clock = [hours, minutes, seconds].map((part) => String(part).padStart(2, '0')).join(':');
  return `T${atMs >= nowMs ? '−' : '+'}${days ? `${days}d ` : ''}${clock}`;
}

/** Read an instant as the server writes it; NaN when there is none. */
export function instant(utc: string | null | undefined): number {
  return utc ? Date.parse(utc) : NaN;
}

/** `2026-11-26 05:43:40Z`; to the minute where seconds say nothing. */
export function utc(ms: Measured, to: 'day' | 'minute' | 'second' = 'second'): string {
  if (!isKnown(ms)) return say('unknown');
  const iso = new Date(ms).toISOString();
  if (to === 'day') return iso.slice(0, 10);
  return `${iso.slice(0, 10)} ${iso.slice(11, to === 'minute' ? 16 : 19)}Z`;
}

/** `51.92° N 4.48° E` */
export function place(latitudeDeg: Measured, longitudeDeg: Measured, digits = 2): string {
  if (!isKnown(latitudeDeg) || !isKnown(longitudeDeg)) return say('unknown');
  const ns = latitudeDeg >= 0 ? 'N' : 'S';
  const ew = longitudeDeg >= 0 ? 'E' : 'W';
  return `${Math.abs(latitudeDeg).toFixed(digits)}° ${ns} ${Math.abs(longitudeDeg).toFixed(digits)}° ${ew}`;
}

/** A figure with so many significant digits and its unit; `unit` as people write it. */
export function figure(value: Measured, unit: string, digits = 3): string {
  if (!isKnown(value)) return say('unknown');
  return `${Number(value.toPrecision(digits))} ${unit}`.trim();
}
