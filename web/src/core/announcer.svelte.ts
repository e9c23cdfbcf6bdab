// What a person should hear of, for the eye and for a screen reader.

class Announcer {
  text = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(text: string): void {
    this.text = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.text = ''), 8000);
  }
}

export const announcer = new Announcer();

export function announce(text: string): void {
  announcer.say(text);
}
