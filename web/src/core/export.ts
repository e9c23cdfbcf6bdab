// What leaves the page takes its world and its label along: tables as CSV, drawings as PNG.

import { clock } from './clock.svelte';
import { node } from './node.svelte';
import { utc } from './quantities';

export type Cell = string | number | boolean | null | undefined;

/** Return a table as CSV (RFC 4180), every row with its world and its label. */
export function csv(columns: string[], rows: { cells: Cell[]; marking: string }[]): string {
  const head = [...columns, 'realm', 'marking'];
  const lines = rows.map(({ cells, marking }) => [...cells, node.realm, marking]);
  return [head, ...lines].map((line) => line.map(cellText).join(',')).join('\r\n') + '\r\n';
}

function cellText(value: Cell): string {
  if (value === null || value === undefined || (typeof value === 'number' && !Number.isFinite(value))) return '';
  if (typeof value !== 'string') return String(value);
  // A spreadsheet would run what begins so, and the text may be a stranger's.
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Let the person keep a file. */
export function keep(name: string, content: Blob | string, type = 'text/csv;charset=utf-8'): void {
  const url = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** Return the name of a file made now: `watch-SIMULATED-20261126T054340Z.csv`. */
export function fileName(what: string, ending: string): string {
  const at = utc(clock.nowMs).replace(/[-: ]/g, '').replace(/^(\d{8})/, '$1T');
  return `${what}-${node.realm}-${at}.${ending}`;
}

const STRIP_PX = 26;

/** Keep a drawing as PNG, between two strips that say its world, its label and its time. */
export async function keepPng(what: string, drawing: SVGSVGElement | HTMLCanvasElement, marking: string): Promise<void> {
  const box = drawing.getBoundingClientRect();
  const ratio = 2;
  const sheet = Object.assign(document.createElement('canvas'), {
    width: box.width * ratio,
    height: (box.height + 2 * STRIP_PX) * ratio,
  });
  const pen = sheet.getContext('2d');
  if (!pen) return;
  const style = getComputedStyle(document.documentElement);
  pen.scale(ratio, ratio);
  pen.fillStyle = style.getPropertyValue('--ground');
  pen.fillRect(0, 0, box.width, box.height + 2 * STRIP_PX);
  const picture = drawing instanceof SVGSVGElement ? await pictureOf(drawing, box) : drawing;
  pen.drawImage(picture, 0, STRIP_PX, box.width, box.height);
  pen.fillStyle = style.getPropertyValue('--ink');
  pen.font = '12px Inter Variable, sans-serif';
  pen.textBaseline = 'middle';
  pen.fillText(`${node.realm} · ${marking}`, 8, STRIP_PX / 2, box.width - 16);
  pen.fillText(`${what} · ${utc(clock.shownMs)} · Baken ${node.told?.node ?? ''}`, 8, box.height + 1.5 * STRIP_PX, box.width - 16);
  const made = await new Promise<Blob | null>((done) => sheet.toBlob(done, 'image/png'));
  if (made) keep(fileName(what, 'png'), made);
}

async function pictureOf(svg: SVGSVGElement, box: DOMRect): Promise<HTMLImageElement> {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute('width', String(box.width));
  copy.setAttribute('height', String(box.height));
  wear(svg, copy);
  const url = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: 'image/svg+xml' }));
  const image = new Image();
  image.src = url;
  await image.decode();
  URL.revokeObjectURL(url);
  return image;
}

const WORN = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'font-size', 'font-family', 'font-weight', 'text-anchor'];

// A picture knows no style sheet: each part takes along what it wears on the page.
function wear(from: Element, onto: Element): void {
  const style = getComputedStyle(from);
  for (const name of WORN) onto.setAttribute(name, style.getPropertyValue(name));
  for (const [place, child] of [...from.children].entries()) wear(child, onto.children[place] as Element);
}
