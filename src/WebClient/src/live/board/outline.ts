import { getStroke } from 'perfect-freehand';
import type { InkPoint } from './points';

/** Paths are made in thousandths of the page's width. */
export const pathUnit = 1000;

export const colors: Record<string, string> = {
  ink: '#0b1f2a',
  red: '#dc2626',
  orange: '#e07b00',
  yellow: '#f2c200',
  green: '#15803d',
  blue: '#1d4ed8',
  purple: '#7e22ce',
  white: '#ffffff',
};

/** A line with the width that the pen pressed. */
export function penPath(points: readonly InkPoint[], width: number, isComplete: boolean): Path2D {
  const outline = getStroke(scaled(points), { size: width, thinning: 0.6, smoothing: 0.5, streamline: 0.2, simulatePressure: false, last: isComplete });
  const path = new Path2D();
  if (outline.length < 3) return path;
  const [first] = outline;
  path.moveTo(first![0]!, first![1]!);
  // Through the middles between the points, which rounds the outline.
  for (let index = 0; index < outline.length; index++) {
    const [x, y] = outline[index]!;
    const [nextX, nextY] = outline[(index + 1) % outline.length]!;
    path.quadraticCurveTo(x!, y!, (x! + nextX!) / 2, (y! + nextY!) / 2);
  }
  path.closePath();
  return path;
}

/** A line of even width. */
export function linePath(points: readonly InkPoint[]): Path2D {
  const path = new Path2D();
  points.forEach(([x, y], index) => (index === 0 ? path.moveTo(x * pathUnit, y * pathUnit) : path.lineTo(x * pathUnit, y * pathUnit)));
  // A dot is a line to itself.
  if (points.length === 1) path.lineTo(points[0]![0] * pathUnit, points[0]![1] * pathUnit);
  return path;
}

export function shapePath(tool: string, points: readonly InkPoint[], width: number): Path2D {
  const [start, end] = scaled(points);
  const path = new Path2D();
  if (!start || !end) return path;
  const [x, y] = start;
  const [toX, toY] = end;
  if (tool === 'rect') path.rect(Math.min(x, toX), Math.min(y, toY), Math.abs(toX - x), Math.abs(toY - y));
  else if (tool === 'ellipse') path.ellipse((x + toX) / 2, (y + toY) / 2, Math.abs(toX - x) / 2, Math.abs(toY - y) / 2, 0, 0, 2 * Math.PI);
  else {
    path.moveTo(x, y);
    path.lineTo(toX, toY);
    if (tool === 'arrow') arrowHead(path, x, y, toX, toY, width);
  }
  return path;
}

function arrowHead(path: Path2D, x: number, y: number, toX: number, toY: number, width: number): void {
  const length = Math.min(Math.hypot(toX - x, toY - y) / 2, 8 + width * 3);
  const angle = Math.atan2(toY - y, toX - x);
  for (const side of [-0.5, 0.5]) {
    path.moveTo(toX, toY);
    path.lineTo(toX - length * Math.cos(angle + side), toY - length * Math.sin(angle + side));
  }
}

function scaled(points: readonly InkPoint[]): InkPoint[] {
  return points.map(([x, y, pressure]) => [x * pathUnit, y * pathUnit, pressure]);
}
