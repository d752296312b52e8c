/** A point of a stroke: x and y in widths of the page (y too, so that shapes keep), pressure from 0 to 1. */
export type InkPoint = [x: number, y: number, pressure: number];

/** So many steps in a page's width: half a pixel on a panel of 3840. */
const unit = 8192;
const mostPressure = 31;
/** What a finger or a mouse presses. */
export const evenPressure = 0.5;
/** More the server refuses; a longer line goes on as a new stroke. */
export const mostPoints = 1600;

/**
 * Points as text: base64url of a byte that says whether there is pressure (1) or not (0), then for each point x, y and
 * pressure as the difference to the point before, zigzag and 7 bits a byte. A point of handwriting takes three bytes.
 */
export function encodePoints(points: readonly InkPoint[]): string {
  const hasPressure = points.some((point) => point[2] !== evenPressure);
  const bytes: number[] = [hasPressure ? 1 : 0];
  const before: [number, number, number] = [0, 0, 0];
  for (const point of points) {
    const next = [Math.round(point[0] * unit), Math.round(point[1] * unit), Math.round(point[2] * mostPressure)];
    for (let part = 0; part < (hasPressure ? 3 : 2); part++) {
      writeNumber(bytes, next[part]! - before[part]!);
      before[part] = next[part]!;
    }
  }
  return toBase64Url(bytes);
}

/** Points from text; what is no such text gives the points before the fault. */
export function decodePoints(text: string): InkPoint[] {
  const bytes = fromBase64Url(text);
  const hasPressure = bytes[0] === 1;
  const parts = hasPressure ? 3 : 2;
  const now: [number, number, number] = [0, 0, 0];
  const points: InkPoint[] = [];
  let at = 1;
  for (;;) {
    for (let part = 0; part < parts; part++) {
      let zigzag = 0;
      let shift = 0;
      let byte: number;
      do {
        if (at >= bytes.length) return points;
        byte = bytes[at++]!;
        zigzag |= (byte & 0x7f) << shift;
        shift += 7;
      } while (byte >= 0x80 && shift < 28);
      now[part]! += (zigzag >>> 1) ^ -(zigzag & 1);
    }
    points.push([now[0] / unit, now[1] / unit, hasPressure ? now[2] / mostPressure : evenPressure]);
  }
}

/** The point as every page will have it, so that a line does not move when it is finished. */
export function snap([x, y, pressure]: InkPoint): InkPoint {
  return [Math.round(x * unit) / unit, Math.round(y * unit) / unit, pressure === evenPressure ? evenPressure : Math.round(pressure * mostPressure) / mostPressure];
}

/** Leaves out points that lie on the line of their neighbours (Ramer, Douglas, Peucker), within a fraction of the page's width. */
export function simplify(points: readonly InkPoint[], tolerance = 0.00022): InkPoint[] {
  if (points.length < 3) return [...points];
  const keep = new Uint8Array(points.length);
  keep[0] = keep[points.length - 1] = 1;
  const open: [number, number][] = [[0, points.length - 1]];
  while (open.length > 0) {
    const [first, last] = open.pop()!;
    let farthest = 0;
    let at = -1;
    for (let index = first + 1; index < last; index++) {
      const distance = offLine(points[index]!, points[first]!, points[last]!);
      if (distance > farthest) [farthest, at] = [distance, index];
    }
    if (at > 0 && farthest > tolerance) {
      keep[at] = 1;
      open.push([first, at], [at, last]);
    }
  }
  return points.filter((_, index) => keep[index]);
}

/** How far a point is off the line from a to b; a change of pressure counts too, since it changes the width. */
function offLine(point: InkPoint, a: InkPoint, b: InkPoint): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = dx * dx + dy * dy;
  const along = length > 0 ? Math.min(1, Math.max(0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length)) : 0;
  const pressure = Math.abs(point[2] - (a[2] + along * (b[2] - a[2]))) * 0.003;
  return Math.max(Math.hypot(point[0] - a[0] - along * dx, point[1] - a[1] - along * dy), pressure);
}

function writeNumber(bytes: number[], value: number): void {
  let zigzag = ((value << 1) ^ (value >> 31)) >>> 0;
  while (zigzag >= 0x80) {
    bytes.push((zigzag & 0x7f) | 0x80);
    zigzag >>>= 7;
  }
  bytes.push(zigzag);
}

function toBase64Url(bytes: number[]): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array {
  try {
    const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(plain, (char) => char.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
