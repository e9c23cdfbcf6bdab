// The globe: one context, two spheres, and every object in one call. It draws when it is told to.

import {
  BackSide,
  BufferAttribute,
  BufferGeometry,
  InterleavedBuffer,
  InterleavedBufferAttribute,
  LinearFilter,
  Mesh,
  PerspectiveCamera,
  Points,
  RepeatWrapping,
  Scene,
  ShaderMaterial,
  SphereGeometry,
  Texture,
  Vector3,
  Vector4,
  WebGLRenderer,
} from 'three';
import type { View } from './camera';
import { earthColours, type Rgb } from './colours';
import { EARTH_RADIUS_M, POLAR_SHARE, type Vector } from './geometry';
import { weightsOf, type Between, type Keyframe } from './keyframes.svelte';
import { AIR_FRAGMENT, AIR_VERTEX, EARTH_FRAGMENT, EARTH_VERTEX, OBJECTS_FRAGMENT, OBJECTS_VERTEX } from './shaders';

const FIELD_DEG = 38;
const POINT_PX = 2.6;
const FLOATS = 6;

export type Drawing = 'none' | 'by processor' | 'by graphics card';

/** Say what would draw a globe in this browser. */
export function drawing(): Drawing {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (!gl) return 'none';
  const told = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(told ? told.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return /swiftshader|llvmpipe|software|basic render/i.test(name) ? 'by processor' : 'by graphics card';
}

export class GlobeScene {
  readonly camera = new PerspectiveCamera(FIELD_DEG, 1, 0.01, 60);
  readonly #renderer: WebGLRenderer;
  readonly #scene = new Scene();
  readonly #land = new Texture();
  readonly #earth = { polarShare: { value: POLAR_SHARE }, land: { value: this.#land }, ...colours('sun', 'sea', 'ground', 'coast', 'grid', 'night', 'air') };
  readonly #objects = { weights: { value: new Vector4() }, metre: { value: 1 / EARTH_RADIUS_M }, size: { value: POINT_PX } };
  readonly #geometry = new BufferGeometry();
  readonly #sheets: [InterleavedBuffer, InterleavedBuffer];
  readonly #shown: [Keyframe | null, Keyframe | null] = [null, null];

  constructor(
    readonly canvas: HTMLCanvasElement,
    readonly n: number,
    readonly by: Drawing,
  ) {
    // Smooth edges take a processor as long as all the rest.
    this.#renderer = new WebGLRenderer({ canvas, antialias: by !== 'by processor', alpha: true, powerPreference: 'low-power' });
    this.camera.up.set(0, 0, 1);
    this.#land.minFilter = this.#land.magFilter = LinearFilter;
    this.#land.generateMipmaps = false;
    this.#land.wrapS = RepeatWrapping;
    this.#sheets = [sheetOf(n), sheetOf(n)];
    this.#scene.add(this.#makeEarth(), this.#makeAir(), this.#makeObjects());
    this.recolour();
  }

  #makeEarth(): Mesh {
    const material = new ShaderMaterial({ uniforms: this.#earth, vertexShader: EARTH_VERTEX, fragmentShader: EARTH_FRAGMENT });
    return new Mesh(new SphereGeometry(1, 128, 80), material);
  }

  #makeAir(): Mesh {
    const { air, sun } = this.#earth;
    const material = new ShaderMaterial({
      uniforms: { air, sun },
      vertexShader: AIR_VERTEX,
      fragmentShader: AIR_FRAGMENT,
      side: BackSide,
      transparent: true,
      depthWrite: false,
    });
    return new Mesh(new SphereGeometry(1, 96, 64), material);
  }

  #makeObjects(): Points {
    const names = [['fromPosition', 'fromVelocity'], ['toPosition', 'toVelocity']] as const;
    for (const [place, [position, velocity]] of names.entries()) {
      const sheet = this.#sheets[place] as InterleavedBuffer;
      this.#geometry.setAttribute(position, new InterleavedBufferAttribute(sheet, 3, 0));
      this.#geometry.setAttribute(velocity, new InterleavedBufferAttribute(sheet, 3, 3));
    }
    this.#geometry.setAttribute('painted', new BufferAttribute(new Uint8Array(4 * this.n), 4, true));
    this.#geometry.setDrawRange(0, this.n);
    const material = new ShaderMaterial({
      uniforms: this.#objects,
      vertexShader: OBJECTS_VERTEX,
      fragmentShader: OBJECTS_FRAGMENT,
      transparent: true,
      depthWrite: false,
    });
    const points = new Points(this.#geometry, material);
    points.frustumCulled = false;
    points.renderOrder = 2;
    return points;
  }

  setLand(image: HTMLImageElement): void {
    this.#land.image = image;
    this.#land.needsUpdate = true;
  }

  /** Take the colours of the theme as they are now. */
  recolour(): void {
    const { sea, land, coast, grid, night, air } = earthColours();
    for (const [name, colour] of Object.entries({ sea, ground: land, coast, grid, night, air }))
      this.#earth[name as 'sea'].value.set(...shares(colour));
  }

  paint(painted: Uint8Array): void {
    const attribute = this.#geometry.getAttribute('painted') as BufferAttribute;
    (attribute.array as Uint8Array).set(painted);
    attribute.needsUpdate = true;
  }

  size(width: number, height: number): void {
    const ratio = this.by === 'by processor' ? 1 : Math.min(devicePixelRatio, 2);
    this.#renderer.setPixelRatio(ratio);
    this.#renderer.setSize(width, height, false);
    this.#objects.size.value = POINT_PX * ratio;
    this.camera.aspect = width / Math.max(1, height);
  }

  draw(view: View, between: Between | null, sun: Vector): void {
    this.#earth.sun.value.set(...sun);
    this.camera.position.set(...view.from);
    this.camera.lookAt(0, 0, 0);
    // What is wide shows all; what is narrow is looked at from further, so that the Earth fits.
    this.camera.fov = this.camera.aspect >= 1 ? FIELD_DEG : (2 * Math.atan(Math.tan((FIELD_DEG * Math.PI) / 360) / this.camera.aspect) * 180) / Math.PI;
    this.camera.updateProjectionMatrix();
    this.camera.updateMatrixWorld();
    if (between) this.#hold(between);
    this.#renderer.render(this.#scene, this.camera);
  }

  #hold(between: Between): void {
    for (const [place, keyframe] of [between.from, between.to].entries()) {
      if (this.#shown[place] === keyframe) continue;
      const sheet = this.#sheets[place] as InterleavedBuffer;
      (sheet.array as Float32Array).set(keyframe.states);
      sheet.needsUpdate = true;
      this.#shown[place] = keyframe;
    }
    this.#objects.weights.value.set(...weightsOf(between));
  }

  /** Give back all that was taken; nothing is drawn after this. */
  dispose(): void {
    this.#scene.traverse((each) => {
      if (!(each instanceof Mesh || each instanceof Points)) return;
      each.geometry.dispose();
      (each.material as ShaderMaterial).dispose();
    });
    this.#land.dispose();
    this.#renderer.dispose();
    this.#renderer.forceContextLoss();
  }
}

function sheetOf(n: number): InterleavedBuffer {
  return new InterleavedBuffer(new Float32Array(FLOATS * n), FLOATS);
}

function colours<Name extends string>(...names: Name[]): Record<Name, { value: Vector3 }> {
  return Object.fromEntries(names.map((name) => [name, { value: new Vector3() }])) as Record<Name, { value: Vector3 }>;
}

function shares([r, g, b]: Rgb): [number, number, number] {
  return [r / 255, g / 255, b / 255];
}
