// People as the node tells them, and why something is not for whoever reads.

import { post } from '$core/api';
import { node } from '$core/node.svelte';
import { ROLES } from '$core/roles';
import type { Status } from '$core/statuses';
import { wordOf } from '$core/words';
import { say } from './words';

export interface Account {
  account: string;
  person: string;
  state: string;
  rights: { right: string; value: string }[];
  groups: string[];
  subject: string;
  tokens: { name: string; scopes: string[]; expires_utc: string }[];
}

export interface Group {
  name: string;
  roles: string[];
  audiences: string[];
  given_by: string[];
}

export interface PeopleTold {
  marking: string;
  accounts: Account[];
  groups: Group[];
  given_by: Record<string, string[]>;
  done_by: Record<string, string[]>;
}

export interface Doing {
  verb: string;
  of: string;
  right?: string;
  value?: string;
}

export function doTo(doing: Doing): Promise<unknown> {
  return post('/people/acts', doing);
}

/** Return why something for some roles is not for whoever reads; nothing when it is. The node decides. */
export function whyNot(roles: string[], of: string, isGiven = true): string {
  const reader = node.told?.reader;
  if (!reader || reader.is_keeper) return say('keeper');
  if (isGiven && reader.name === of) return say('notYourself');
  if (reader.roles.some((role) => roles.includes(role))) return '';
  return say('isFor', { roles: roles.map((role) => wordOf(ROLES, role)).join(', ') });
}

export function valuesOf(account: Account, right: string): string[] {
  return account.rights.filter((each) => each.right === right).map((each) => each.value);
}

export function statusOf(account: Account): Status {
  return account.state === 'active' ? 'normal' : account.state === 'waiting' ? 'standby' : 'off';
}
