// Drawing on change, and not more often than ten times a second.

const DRAW_MS = 100;

export class Pace {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame = 0;
  #lastMs = -Infinity;

  constructor(readonly draw: () => void) {}

  /** Let it be drawn soon. */
  ask(): void {
    if (this.#timer !== undefined) return;
    const waitMs = Math.max(0, this.#lastMs + DRAW_MS - performance.now());
    this.#timer = setTimeout(() => {
      this.#frame = requestAnimationFrame(() => {
        this.#timer = undefined;
        this.#lastMs = performance.now();
        this.draw();
      });
    }, waitMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
    this.#timer = -1 as unknown as ReturnType<typeof setTimeout>;
  }
}
