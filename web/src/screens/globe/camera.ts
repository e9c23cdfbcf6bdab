// Where the globe is looked at from, and how a hand or a key changes that. The Earth stays in the middle.

import { PerspectiveCamera, Vector3 } from 'three';
import { EARTH_RADIUS_M, type Vector } from './geometry';

export interface View {
  /** In Earth radii, Earth-fixed. */
  from: [number, number, number];
}

const NEAREST = 1.25;
const FURTHEST = 22;
const HOME = { longitude: 0.16, latitude: 0.5, distance: 4.3 };
const STEP = 0.12;
const ZOOM = 1.18;
const STEEPEST = 1.5;

/** What is looked at from where: by angles in radians, and a distance in Earth radii. */
export class Eye implements View {
  longitude = HOME.longitude;
  latitude = HOME.latitude;
  distance = HOME.distance;

  get from(): [number, number, number] {
    const out = this.distance * Math.cos(this.latitude);
    return [out * Math.cos(this.longitude), out * Math.sin(this.longitude), this.distance * Math.sin(this.latitude)];
  }

  turn(east: number, north: number): void {
    this.longitude += east;
    this.latitude = Math.max(-STEEPEST, Math.min(STEEPEST, this.latitude + north));
  }

  zoom(times: number): void {
    this.distance = Math.max(NEAREST, Math.min(FURTHEST, this.distance * times));
  }

  home(): void {
    Object.assign(this, HOME);
  }

  /** Look straight down on something. */
  faceTo([x, y, z]: Vector): void {
    this.longitude = Math.atan2(y, x);
    this.latitude = Math.max(-STEEPEST, Math.min(STEEPEST, Math.atan2(z, Math.hypot(x, y))));
    const away = Math.hypot(x, y, z) / EARTH_RADIUS_M;
    if (this.distance < away + 0.4) this.distance = Math.min(FURTHEST, away * 1.8);
  }

  /** Do what a key means; false when it means nothing here. */
  key(key: string): boolean {
    const acts: Record<string, () => void> = {
      ArrowLeft: () => this.turn(-STEP, 0),
      ArrowRight: () => this.turn(STEP, 0),
      ArrowUp: () => this.turn(0, STEP),
      ArrowDown: () => this.turn(0, -STEP),
      '+': () => this.zoom(1 / ZOOM),
      '=': () => this.zoom(1 / ZOOM),
      '-': () => this.zoom(ZOOM),
      Home: () => this.home(),
    };
    acts[key]?.();
    return key in acts;
  }
}

const UNTIL_DRAG_PX = 4;

export interface Hand {
  changed: () => void;
  pointed: (x: number, y: number) => void;
  left: () => void;
  clicked: (x: number, y: number) => void;
}

/** Let hands turn and pinch what an element shows; the function returned lets go again. */
export function hold(element: HTMLElement, eye: Eye, hand: Hand): () => void {
  const fingers = new Map<number, { x: number; y: number }>();
  let moved = 0;
  const letGo = new AbortController();
  const on = <Name extends keyof HTMLElementEventMap>(name: Name, hear: (event: HTMLElementEventMap[Name]) => void, passive = true) =>
    element.addEventListener(name, hear, { signal: letGo.signal, passive });
  const apart = () => {
    const [one, other] = [...fingers.values()];
    return one && other ? Math.hypot(one.x - other.x, one.y - other.y) : 0;
  };

  on('pointerdown', (event) => {
    fingers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    moved = 0;
    element.setPointerCapture(event.pointerId);
  });
  on('pointermove', (event) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) return hand.pointed(event.offsetX, event.offsetY);
    const [dx, dy] = [event.offsetX - finger.x, event.offsetY - finger.y];
    const before = apart();
    Object.assign(finger, { x: event.offsetX, y: event.offsetY });
    moved += Math.abs(dx) + Math.abs(dy);
    if (moved < UNTIL_DRAG_PX) return;
    if (fingers.size > 1 && before > 0) eye.zoom(before / Math.max(1, apart()));
    else {
      // The ground under the hand stays under the hand, near enough.
      const share = ((eye.distance - 0.9) * 0.7) / Math.max(1, element.clientHeight);
      eye.turn(-dx * share, dy * share);
    }
    hand.changed();
  });
  on('pointerup', (event) => {
    if (fingers.delete(event.pointerId) && moved < UNTIL_DRAG_PX) hand.clicked(event.offsetX, event.offsetY);
  });
  on('pointercancel', (event) => void fingers.delete(event.pointerId));
  on('pointerleave', () => hand.left());
  on('wheel', (event) => {
    event.preventDefault();
    eye.zoom(Math.exp(Math.max(-120, Math.min(120, event.deltaY)) * 0.0016));
    hand.changed();
  }, false);
  on('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !eye.key(event.key)) return;
    event.preventDefault();
    hand.changed();
  }, false);
  return () => letGo.abort();
}

export interface OnScreen {
  x: number;
  y: number;
  /** False behind the Earth, behind the eye, and outside the picture. */
  isSeen: boolean;
}

/** Say where on the picture things stand. Made for one picture, for many things. */
export class Projection {
  readonly #m: number[];
  readonly #eye: Vector3;

  constructor(
    camera: PerspectiveCamera,
    readonly width: number,
    readonly height: number,
  ) {
    this.#m = camera.projectionMatrix.clone().multiply(camera.matrixWorldInverse).elements;
    this.#eye = camera.position.clone();
  }

  of(xM: number, yM: number, zM: number): OnScreen {
    const m = this.#m as [number, number, number, number, number, number, number, number, number, number, number, number, number, number, number, number];
    const [x, y, z] = [xM / EARTH_RADIUS_M, yM / EARTH_RADIUS_M, zM / EARTH_RADIUS_M];
    const w = m[3] * x + m[7] * y + m[11] * z + m[15];
    const across = (m[0] * x + m[4] * y + m[8] * z + m[12]) / w;
    const upward = (m[1] * x + m[5] * y + m[9] * z + m[13]) / w;
    const isInside = w > 0 && Math.abs(across) <= 1 && Math.abs(upward) <= 1;
    return { x: (0.5 + across / 2) * this.width, y: (0.5 - upward / 2) * this.height, isSeen: isInside && !this.#isBehind(x, y, z) };
  }

  #isBehind(x: number, y: number, z: number): boolean {
    const { x: ex, y: ey, z: ez } = this.#eye;
    const [dx, dy, dz] = [x - ex, y - ey, z - ez];
    const length2 = dx * dx + dy * dy + dz * dz;
    const along = -(ex * dx + ey * dy + ez * dz) / length2;
    if (along <= 0 || along >= 1) return false;
    return (ex + along * dx) ** 2 + (ey + along * dy) ** 2 + (ez + along * dz) ** 2 < 0.997;
  }
}
