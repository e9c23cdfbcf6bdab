// The map: land and sea, day and night, and a spot for each object, written pixel by pixel.

import { earthColours, mix, type Rgb } from './colours';
import type { Vector } from './geometry';

const GRATICULE_DEG = 30;

/** Return land, sea, graticule and night as they are while the Sun stands so. */
export function ground(width: number, height: number, land: HTMLImageElement | null, sun: Vector): ImageData {
  const colours = earthColours();
  const shares = land ? landShares(land, width, height) : null;
  const image = new ImageData(width, height);
  for (let y = 0, at = 0; y < height; y += 1) {
    const latitude = ((0.5 - (y + 0.5) / height) * Math.PI);
    const [outward, northward] = [Math.cos(latitude), Math.sin(latitude) * sun[2]];
    for (let x = 0; x < width; x += 1, at += 4) {
      const longitude = ((x + 0.5) / width) * 2 * Math.PI - Math.PI;
      const high = outward * (Math.cos(longitude) * sun[0] + Math.sin(longitude) * sun[1]) + northward;
      const share = shares ? (shares[at] as number) / 255 : 0;
      image.data.set(lit(mix(colours.sea, colours.land, share), colours.night, high), at);
      image.data[at + 3] = 255;
    }
  }
  drawGraticule(image, colours.grid);
  return image;
}

// Twilight ends for the eye with the Sun six degrees below the horizon.
function lit(colour: Rgb, night: Rgb, high: number): Rgb {
  const day = Math.max(0, Math.min(1, (high + 0.105) / 0.165));
  return mix(mix(night, colour, 0.42), colour, day);
}

function landShares(land: HTMLImageElement, width: number, height: number): Uint8ClampedArray | null {
  const sheet = Object.assign(document.createElement('canvas'), { width, height });
  const pen = sheet.getContext('2d', { willReadFrequently: true });
  if (!pen) return null;
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(land, 0, 0, width, height);
  return pen.getImageData(0, 0, width, height).data;
}

function drawGraticule(image: ImageData, colour: Rgb): void {
  const { width, height, data } = image;
  const blend = (x: number, y: number) => {
    const at = 4 * (y * width + x);
    const now: Rgb = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
    data.set(mix(now, colour, 0.35), at);
  };
  for (let degrees = GRATICULE_DEG; degrees < 360; degrees += GRATICULE_DEG) {
    const x = Math.round((degrees / 360) * width);
    for (let y = 0; y < height; y += 1) blend(x, y);
    const across = Math.round((degrees / 180) * height);
    if (degrees < 180) for (let each = 0; each < width; each += 1) blend(each, across);
  }
}

/** Write the spot under each object that is shown. */
export function spots(onto: ImageData, places: Float32Array, painted: Uint8Array, size: number): void {
  const { width, height, data } = onto;
  for (let row = 0, at = 0; at < places.length; row += 4, at += 3) {
    const [px, py, pz] = [places[at] as number, places[at + 1] as number, places[at + 2] as number];
    if (!painted[row + 3] || px * px + py * py + pz * pz < 1e12) continue;
    const [left, top] = spotOf(px, py, pz, width);
    for (let y = top; y < Math.min(height, top + size); y += 1)
      for (let x = left; x < Math.min(width, left + size); x += 1) {
        const pixel = 4 * (y * width + x);
        data[pixel] = painted[row] as number;
        data[pixel + 1] = painted[row + 1] as number;
        data[pixel + 2] = painted[row + 2] as number;
      }
  }
}

/** Return the pixel under an object; latitude as the ground has it, to a few hundredths of a degree. */
export function spotOf(x: number, y: number, z: number, width: number): [number, number] {
  const longitude = Math.atan2(y, x);
  const latitude = Math.atan2(z * 1.00674 ** Math.min(1, 6.4e6 / Math.hypot(x, y, z)), Math.hypot(x, y));
  return [Math.floor(((longitude / Math.PI + 1) / 2) * width), Math.floor(((0.5 - latitude / Math.PI) * width) / 2)];
}
