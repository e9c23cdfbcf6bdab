// A response as its parts work with it: what the node said of it, and how something is done about it.

import type { ResponseDocument, RolesDocument } from './documents';

/** An incident, as far as its response needs it. */
export interface Case {
  incident_id: string;
  realm: string;
  kind: string;
  stage: string;
  severity: { stands: string };
  marking: string;
}

export interface PartProps {
  incident: Case;
  refresh: () => Promise<void>;
}

export interface Work {
  incident: Case;
  response: ResponseDocument;
  roles: RolesDocument | null;
  /** Do something about the response; what was seen goes along, so that nobody acts on what is past. */
  act: (noun: string, body?: Record<string, unknown>) => Promise<void>;
  /** Read it anew. */
  reread: () => Promise<void>;
}

/** The routes as the table of roles has them. */
export const OF_RESPONSE = 'POST /incidents/{incident}/response';

/** Say whether what was told is about a case, its response or its letters. */
export function isOf(incidentId: string): (told: { subject: string }) => boolean {
  return (told) => told.subject === incidentId || told.subject.startsWith(`${incidentId}/`);
}
