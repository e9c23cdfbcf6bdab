// The labels of what stands on the page, for the banner and for whatever leaves the page.

class Shown {
  #of = $state<Record<string, string>>({});

  /** Return every label that stands on the page, once each. */
  get markings(): string[] {
    return [...new Set(Object.values(this.#of))].sort();
  }

  /** Return the labels in one line, as it goes onto paper and into files. */
  get text(): string {
    return this.markings.join(' + ');
  }

  /** Say under which label a part of a page stands, as long as it does. Call it in a component. */
  marked(part: string, marking: () => string | null | undefined): void {
    $effect(() => {
      const said = marking();
      if (!said) return;
      this.#of[part] = said;
      return () => {
        delete this.#of[part];
      };
    });
  }
}

export const shown = new Shown();
