// Round numbers along a drawing.

export interface Axis {
  at: (value: number) => number;
  marks: number[];
}

/** Return an axis over values with a little room at both ends, from one place of a drawing to another. */
export function axisOf(values: number[], from: number, until: number, most: number): Axis {
  const [least, largest] = [Math.min(...values), Math.max(...values)];
  const room = 0.06 * (largest - least || 1);
  const [low, high] = [least - room, largest + room];
  const step = roundStep((high - low) / most);
  const marks = [];
  for (let n = Math.ceil(low / step); n * step <= high; n++) marks.push(Number((n * step).toPrecision(8)));
  return { at: (value) => from + ((value - low) / (high - low)) * (until - from), marks };
}

function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((digit) => digit * power).find((step) => step >= least) ?? least;
}
