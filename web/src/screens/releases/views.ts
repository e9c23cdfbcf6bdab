// What each recipient would see, as the node explains it, laid out as a matrix of fields and recipients.

import type { Label, Terms } from '$core/releases';
import { settings } from '$core/settings.svelte';
import { REDUCTIONS } from './words';

export interface FieldView {
  field: string;
  before: string;
  after: string | null;
  because: string;
  before_reads: string;
  after_reads: string | null;
}
export interface PieceView {
  entry_id: string;
  kind: string;
  title: string;
  marking: string;
  goes: boolean;
  policy_ids: string[];
  obligations: string[];
  missing_consents: string[];
  fields: FieldView[];
}
export interface Explained {
  what: string;
  recipient: string;
  goes: boolean;
  title: string;
  precision: string;
  terms: Terms;
  label: Label | null;
  not_before_utc: string;
  two_persons: boolean;
  policy_digest: string;
  troubles: string[];
  entries: PieceView[];
  item: {
    kind: string;
    title: string;
    told: Record<string, unknown>;
    file: { name: string; media_type: string; size_bytes: number; digest: string; text: string | null } | null;
  } | null;
  marking: string;
}
/** A recipient of the matrix: what he would see, or why that could not be asked. */
export interface Column {
  code: string;
  view: Explained | null;
  problem: string;
}
export interface Picked {
  code: string;
  entryId: string;
  field: string | null;
}
export type Sight = 'whole' | 'reduced' | 'made' | 'not';

/** Say how much of a field a recipient would see. */
export function sightOf(field: FieldView | undefined): Sight {
  if (!field || field.after === null) return 'not';
  if (field.after === field.before) return 'whole';
  return field.before === '' ? 'made' : 'reduced';
}

export interface Group {
  entryId: string;
  kind: string;
  title: string;
  marking: string;
  fields: { name: string; before: string }[];
}

/** Return the rows: every entry that anybody is asked about, with every field of it. */
export function groupsOf(columns: readonly Column[]): Group[] {
  const groups = new Map<string, Group>();
  for (const piece of columns.flatMap((each) => each.view?.entries ?? [])) {
    const group = groups.get(piece.entry_id) ?? { entryId: piece.entry_id, kind: piece.kind, title: piece.title, marking: piece.marking, fields: [] };
    groups.set(piece.entry_id, group);
    for (const field of piece.fields)
      if (!group.fields.some((each) => each.name === field.field)) group.fields.push({ name: field.field, before: field.before_reads });
  }
  return [...groups.values()];
}

export function pieceOf(column: Column, entryId: string): PieceView | undefined {
  return column.view?.entries.find((each) => each.entry_id === entryId);
}

export function fieldOf(column: Column, entryId: string, name: string): FieldView | undefined {
  return pieceOf(column, entryId)?.fields.find((each) => each.field === name);
}

const HELD_BACK = 'held back by its label: ';

/** Return the rules that keep a field here, when it is its own label that does. */
export function heldBackBy(because: string): string[] {
  return because.startsWith(HELD_BACK) ? because.slice(HELD_BACK.length).split(', ') : [];
}

/** Return what was done to a field, in the language that is spoken. */
export function reductionWords(because: string): string {
  if (settings.language === 'en') return because;
  if (because.startsWith(HELD_BACK)) return 'door zijn eigen label hier gehouden';
  return REDUCTIONS[because] ?? because;
}
