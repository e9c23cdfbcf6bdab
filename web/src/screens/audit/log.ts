// What an entry of the log looks like, as the node tells it.

import { wordOf } from '$core/words';
import { ENTRY_KINDS } from '$core/entry-kinds';

export type Told = string | number | boolean | null | Told[];

export interface LogEntry {
  entry_id: string;
  sequence: number;
  kept_at_utc: string;
  label: string;
  commitment: string;
  standing?: string;
  fields: Record<string, Told>;
}

export interface LogTold {
  marking: string;
  entries: LogEntry[];
  before: string | null;
}

export function text(entry: { fields: Record<string, Told> }, name: string): string {
  const value = entry.fields[name];
  return value === null || value === undefined ? '' : String(value);
}

export function kindOf(entry: { fields: Record<string, Told> }): string {
  return wordOf(ENTRY_KINDS, text(entry, 'kind'));
}

// In this order: the first of these that an entry has says best what it is.
const SAYING = ['title', 'text', 'question', 'statement', 'step', 'because', 'summary', 'value', 'name', 'thing'];

/** Return in a line what an entry says. */
export function lineOf(entry: { fields: Record<string, Told> }): string {
  const [first = '', ...others] = SAYING.map((name) => text(entry, name)).filter(Boolean);
  const more = others.find((each) => !first.includes(each));
  return [first, more].filter(Boolean).join(' · ').replaceAll('\n', ' ');
}
