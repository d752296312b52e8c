import type { InkStroke } from './ink';
import type { InkPoint } from './points';

/** Whether an eraser of this radius (widths of the page) at a point touches a stroke. */
export function touches(stroke: InkStroke, x: number, y: number, radius: number): boolean {
  const { box } = stroke;
  if (x < box.left - radius || x > box.right + radius || y < box.top - radius || y > box.bottom + radius) return false;
  const reach = radius + stroke.data.width / 2000;
  const points = outlineOf(stroke);
  for (let index = 0; index < points.length; index++) {
    if (distance(x, y, points[Math.max(0, index - 1)]!, points[index]!) <= reach) return true;
  }
  return false;
}

/** A shape is touched at its edge, not in its empty middle. */
function outlineOf(stroke: InkStroke): InkPoint[] {
  const { points } = stroke;
  const { tool } = stroke.data;
  if (points.length !== 2 || (tool !== 'rect' && tool !== 'ellipse')) return points;
  const [[x1, y1], [x2, y2]] = points as [InkPoint, InkPoint];
  if (tool === 'rect') return [[x1, y1, 1], [x2, y1, 1], [x2, y2, 1], [x1, y2, 1], [x1, y1, 1]];
  const corners = 24;
  return Array.from({ length: corners + 1 }, (_, index) => {
    const angle = (index / corners) * 2 * Math.PI;
    return [(x1 + x2) / 2 + (Math.abs(x2 - x1) / 2) * Math.cos(angle), (y1 + y2) / 2 + (Math.abs(y2 - y1) / 2) * Math.sin(angle), 1];
  });
}

function distance(x: number, y: number, a: InkPoint, b: InkPoint): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = dx * dx + dy * dy;
  const along = length > 0 ? Math.min(1, Math.max(0, ((x - a[0]) * dx + (y - a[1]) * dy) / length)) : 0;
  return Math.hypot(x - a[0] - along * dx, y - a[1] - along * dy);
}
