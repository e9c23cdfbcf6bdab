// Time along a drawing: where an instant stands, and which instants are worth a mark.

const HOUR_MS = 3_600_000;
const STEPS_H = [0.25, 0.5, 1, 2, 3, 6, 12, 24, 48, 96, 168, 336];
const MOST_MARKS = 9;

export interface TimeAxis {
  startMs: number;
  endMs: number;
  x: (ms: number) => number;
  marks: { ms: number; text: string; isDay: boolean }[];
}

/** Return an axis over a span of time, from one place of a drawing to another. */
export function timeAxis(startMs: number, endMs: number, left: number, right: number): TimeAxis {
  const x = (ms: number) => left + ((ms - startMs) / (endMs - startMs)) * (right - left);
  const spanH = (endMs - startMs) / HOUR_MS;
  const stepMs = (STEPS_H.find((h) => spanH / h <= MOST_MARKS) ?? 720) * HOUR_MS;
  const marks = [];
  for (let ms = Math.ceil(startMs / stepMs) * stepMs; ms <= endMs; ms += stepMs) {
    const iso = new Date(ms).toISOString();
    const isDay = iso.slice(11, 16) === '00:00';
    marks.push({ ms, text: isDay ? iso.slice(5, 10) : `${iso.slice(11, 16)}Z`, isDay });
  }
  return { startMs, endMs, x, marks };
}

/** Return in which fifth of a window an instant lies, 0 to 4; what lies outside stands with the nearest. */
export function fifth(ms: number, startMs: number, endMs: number): number {
  return Math.max(0, Math.min(4, Math.floor((5 * (ms - startMs)) / (endMs - startMs))));
}
