// Where things are in the encounter plane, and how a drawing of it is scaled.

import type { PlaneTold, Update, View } from './told';

export interface Ellipse {
  major_m: number;
  minor_m: number;
  /** From horizontal to the major axis, counter-clockwise. */
  turned_deg: number;
}

/** Return the one-sigma ellipse of a covariance in the plane. */
export function ellipseOf({ covariance_m2: [xx, xy, yy] }: PlaneTold): Ellipse {
  const [middle, half] = [(xx + yy) / 2, Math.hypot((xx - yy) / 2, xy)];
  return {
    major_m: Math.sqrt(Math.max(middle + half, 0)),
    minor_m: Math.sqrt(Math.max(middle - half, 0)),
    turned_deg: (Math.atan2(2 * xy, xx - yy) / 2) * (180 / Math.PI),
  };
}

export interface Spot {
  originator: string;
  created_utc: string;
  x_m: number;
  y_m: number;
}

/** Return where each originator's updates put the miss, oldest first. */
export function spotsOf(updates: readonly Update[], view: View): Map<string, Spot[]> {
  const spots = new Map<string, Spot[]>();
  const add = (originator: string, created_utc: string, plane: PlaneTold) =>
    spots.set(originator, [...(spots.get(originator) ?? []), { originator, created_utc, x_m: plane.miss_horizontal_m, y_m: plane.miss_vertical_m }]);
  for (const update of updates) if (update.plane) add(update.originator, update.created_utc, update.plane);
  if (view.plane && view.is_from_orbits) add(view.originator, view.created_utc, view.plane);
  return spots;
}

export interface Frame {
  x: (m: number) => number;
  y: (m: number) => number;
  /** Pixels in a metre, across and up; the same where the drawing is true to scale. */
  xScale: number;
  yScale: number;
  isStretched: boolean;
  xTicks: number[];
  yTicks: number[];
}

const ROOM = 1.12;
// Beyond this ratio an ellipse at true scale is a line, and each axis gets its own scale.
const MOST_STRETCHED = 9;

/** Return how metres become pixels, so that hard body, miss and the three-sigma ellipse are all in sight. */
export function frameOf(plane: PlaneTold, body_m: number, box: { left: number; top: number; width: number; height: number }): Frame {
  const reach = (centre: number, variance: number) => [Math.min(-body_m, centre - 3 * Math.sqrt(variance)), Math.max(body_m, centre + 3 * Math.sqrt(variance))] as const;
  const [xx, , yy] = plane.covariance_m2;
  const [xLow, xHigh] = reach(plane.miss_horizontal_m, xx);
  const [yLow, yHigh] = reach(plane.miss_vertical_m, yy);
  let xScale = box.width / ((xHigh - xLow) * ROOM);
  let yScale = box.height / ((yHigh - yLow) * ROOM);
  const isStretched = Math.max(xScale, yScale) > MOST_STRETCHED * Math.min(xScale, yScale);
  if (!isStretched) xScale = yScale = Math.min(xScale, yScale);
  const [xMiddle, yMiddle] = [(xLow + xHigh) / 2, (yLow + yHigh) / 2];
  return {
    x: (m) => box.left + box.width / 2 + (m - xMiddle) * xScale,
    y: (m) => box.top + box.height / 2 - (m - yMiddle) * yScale,
    xScale,
    yScale,
    isStretched,
    xTicks: ticks(xMiddle - box.width / 2 / xScale, xMiddle + box.width / 2 / xScale),
    yTicks: ticks(yMiddle - box.height / 2 / yScale, yMiddle + box.height / 2 / yScale),
  };
}

const WANTED_TICKS = 6;

function ticks(low: number, high: number): number[] {
  const rough = (high - low) / WANTED_TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, place) => (first + place) * step);
}
