// What is picked out, in every view at once: an object, an event.

class Selection {
  objectId = $state<string | null>(null);
  eventId = $state<string | null>(null);

  pick(one: { objectId?: string | null; eventId?: string | null }): void {
    if (one.objectId !== undefined) this.objectId = one.objectId;
    if (one.eventId !== undefined) this.eventId = one.eventId;
  }
}

export const selection = new Selection();
