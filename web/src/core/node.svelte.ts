// Whom we speak with and as whom: the node, who reads, what he may do, which worlds there are.

import { forgetAnswers, get, path, type Problem } from './api';

export type Realm = 'REAL' | 'EXERCISE' | 'SIMULATED' | 'TEST';
export const REALMS: readonly Realm[] = ['REAL', 'EXERCISE', 'SIMULATED', 'TEST'];

export interface NodeTold {
  node: string;
  version: string;
  now_utc: string;
  reader: { name: string; person: string; is_keeper: boolean; roles: string[]; acts_for: string };
  may: string[];
  acts: Record<string, string[]>;
  realms: { realm: Realm; n_events: number; n_incidents: number; n_objects: number }[];
  has_accounts: boolean;
}

class Node {
  told = $state.raw<NodeTold | null>(null);
  problem = $state.raw<Problem | null>(null);
  realm = $state<Realm>('REAL');
  /** The node's clock minus ours. */
  aheadMs = 0;

  /** Ask who and what we are; again now and then, for rights are given and taken. */
  async ask(): Promise<void> {
    const before = this.who;
    const isFirst = this.told === null;
    try {
      const sentMs = Date.now();
      const told = await get<NodeTold>(path('/node'));
      this.aheadMs = Date.parse(told.now_utc) - (sentMs + Date.now()) / 2;
      if (!isFirst && before !== JSON.stringify(told.reader)) forgetAnswers();
      this.told = told;
      this.problem = null;
    } catch (error) {
      this.problem = error as Problem;
    }
  }

  /** Who reads, and with which part: whatever another was shown or had begun is not for him. */
  get who(): string {
    return JSON.stringify(this.told?.reader ?? null);
  }

  /** Say whether whoever reads may do what a route does, like `POST /incidents/{incident}/notes`. */
  may(route: string): boolean {
    return this.told?.may.includes(route) ?? false;
  }

  /** Return for whom a route is, to tell somebody for whom it is not. */
  isFor(route: string): string[] {
    return this.told?.acts[route] ?? [];
  }

  /** Return the world to begin in: the real one when anything is known of it, else one that has something. */
  get fullest(): Realm {
    const known = (this.told?.realms ?? []).filter((each) => each.n_events + each.n_incidents + each.n_objects > 0);
    return known.find((each) => each.realm === 'REAL')?.realm ?? known[0]?.realm ?? 'REAL';
  }
}

export const node = new Node();
