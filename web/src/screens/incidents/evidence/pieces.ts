// What the node says of the evidence of a case (baken/wiring/evidence_documents.py).

export interface PieceDocument {
  entry_id: string;
  kind: string;
  title: string;
  text: string;
  source: string;
  about: string;
  kept_by: string;
  at_utc: string;
  /** Whether it joined by itself, and not with an event. */
  can_leave: boolean;
  grade: { text: string; reliability: string; credibility: string; independence_group: string; by: string | null };
  root: string;
  commitment: string;
  content: { digest: string; name: string; media_type: string; size_bytes: number } | null;
  marking: string;
}

export interface CaseEvidence {
  evidence: PieceDocument[];
  marking: string;
}

/** How many bytes of a file go through the door: base64 makes four of three. */
export const MOST_BYTES = 730_000;

/** Return a file in base64. */
export async function base64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
