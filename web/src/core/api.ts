// The way to the node: what it says, what it refuses and why. Nobody else fetches.

const V1 = '/api/v1';
const MOST_KEPT = 60;
/** What the page hears when the node no longer knows who asks. */
export const OUT = 'baken-out';

/** What a node answers when it does not do what it was asked (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
  ) {
    super(detail || title);
  }
}

export type Params = Record<string, string | number | boolean | null | undefined>;
interface Known {
  tag: string;
  content: unknown;
}
// An answer that did not change is not sent again.
const known = new Map<string, Known>();

/** Return the path of a question, without what was not said. */
export function path(noun: string, params: Params = {}): string {
  const said = Object.entries(params).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const query = new URLSearchParams(said.map(([name, value]) => [name, String(value)])).toString();
  return `${V1}${noun}${query ? `?${query}` : ''}`;
}

/** Ask the node something; the same object comes back while its answer is the same. */
export async function get<T>(url: string, signal?: AbortSignal): Promise<T> {
  const before = known.get(url);
  const response = await ask(url, { signal, headers: before ? { 'If-None-Match': before.tag } : {} });
  if (response.status === 304 && before) return before.content as T;
  const content = (await response.json()) as T;
  const tag = response.headers.get('etag');
  known.delete(url);
  if (tag) known.set(url, { tag, content });
  if (known.size > MOST_KEPT) known.delete(known.keys().next().value as string);
  return content;
}

/** Ask the node for bytes. */
export async function bytes(url: string, signal?: AbortSignal): Promise<{ content: ArrayBuffer; headers: Headers }> {
  const response = await ask(url, { signal });
  return { content: await response.arrayBuffer(), headers: response.headers };
}

/** Let the node do something; it is done when this returns, and not before. */
export async function act<T>(method: 'POST' | 'DELETE' | 'PUT', url: string, body?: unknown): Promise<T> {
  const headers: HeadersInit = body === undefined ? {} : { 'Content-Type': 'application/json' };
  const response = await ask(url, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  return (response.status === 204 ? null : await response.json()) as T;
}

export function post<T>(noun: string, body: unknown = {}): Promise<T> {
  return act<T>('POST', `${V1}${noun}`, body);
}

/** Forget every answer: somebody else is reading, or another world. */
export function forgetAnswers(): void {
  known.clear();
}

async function ask(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, credentials: 'same-origin', cache: 'no-store' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem(0, 'No answer', 'the node does not answer; what you see is what it said last');
  }
  if (response.ok || response.status === 304) return response;
  if (response.status === 401) dispatchEvent(new Event(OUT));
  throw await refusal(response);
}

async function refusal(response: Response): Promise<Problem> {
  try {
    const told = (await response.json()) as { title?: string; detail?: string };
    return new Problem(response.status, told.title ?? response.statusText, told.detail ?? '');
  } catch {
    return new Problem(response.status, response.statusText || String(response.status), '');
  }
}
