import type { StrokeInput } from '@/generated/contracts';
import { decodePoints, type InkPoint } from './points';

/** A stroke that is there. What is costly is worked out once, when it is first needed. */
export class InkStroke {
  private decoded: InkPoint[] | null = null;
  private bounds: Box | null = null;
  /** The painter's own, so that it is made once. */
  path: Path2D | null = null;

  constructor(
    readonly who: string,
    readonly data: StrokeInput,
  ) {}

  get points(): InkPoint[] {
    return (this.decoded ??= decodePoints(this.data.points));
  }

  /** What it covers, in widths of the page. */
  get box(): Box {
    return (this.bounds ??= boxOf(this.points, this.data.width / 1000));
  }
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export type InkChange = { kind: 'added'; stroke: InkStroke; layer: string } | { kind: 'removed'; strokes: InkStroke[]; layer: string };

/** The ink that everyone sees on a surface, or one pupil's own. */
export function layerOf(surface: string, owner: string | null = null): string {
  return owner === null ? surface : `${surface}~${owner}`;
}

/** All ink of a lesson, by layer and in the order in which it came. Listeners are told each change, so that nothing is drawn twice. */
export class Ink {
  private readonly strokes = new Map<string, InkStroke>();
  private readonly layers = new Map<string, Map<string, InkStroke>>();
  /** Rubbed out, and may come back. */
  private readonly gone = new Map<string, InkStroke>();
  private readonly listeners = new Set<(change: InkChange) => void>();

  listen(listener: (change: InkChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  find(id: string): InkStroke | undefined {
    return this.strokes.get(id);
  }

  on(layer: string): Iterable<InkStroke> {
    return this.layers.get(layer)?.values() ?? [];
  }

  countOn(layer: string): number {
    return this.layers.get(layer)?.size ?? 0;
  }

  /** Who has ink of their own on a surface. */
  ownersOn(surface: string): string[] {
    const prefix = layerOf(surface, '');
    return [...this.layers].filter(([layer, strokes]) => layer.startsWith(prefix) && strokes.size > 0).map(([layer]) => layer.slice(prefix.length));
  }

  /** One that is there already stays where it is, unless it has changed hands: then it moves to its layer. */
  add(stroke: InkStroke): void {
    const { id } = stroke.data;
    const layer = this.layerOfStroke(stroke);
    const before = this.strokes.get(id);
    if (before) {
      if (this.layerOfStroke(before) === layer) return;
      this.remove([id]);
    }
    this.gone.delete(id);
    this.strokes.set(id, stroke);
    const strokes = this.layers.get(layer) ?? new Map<string, InkStroke>();
    this.layers.set(layer, strokes.set(id, stroke));
    this.tell({ kind: 'added', stroke, layer });
  }

  remove(ids: Iterable<string>): void {
    const byLayer = new Map<string, InkStroke[]>();
    for (const id of ids) {
      const stroke = this.strokes.get(id);
      if (!stroke) continue;
      const layer = this.layerOfStroke(stroke);
      this.strokes.delete(id);
      this.layers.get(layer)?.delete(id);
      this.gone.set(id, stroke);
      byLayer.set(layer, [...(byLayer.get(layer) ?? []), stroke]);
    }
    for (const [layer, strokes] of byLayer) this.tell({ kind: 'removed', strokes, layer });
  }

  /** Brings back what this page still knows. */
  restore(ids: Iterable<string>): void {
    for (const id of ids) {
      const stroke = this.gone.get(id);
      if (stroke) this.add(stroke);
    }
  }

  clear(layer: string): string[] {
    const ids = [...(this.layers.get(layer)?.keys() ?? [])];
    this.remove(ids);
    return ids;
  }

  private layerOfStroke(stroke: InkStroke): string {
    return layerOf(stroke.data.surface, stroke.data.isPrivate ? stroke.who : null);
  }

  private tell(change: InkChange): void {
    for (const listener of this.listeners) listener(change);
  }
}

export function overlaps(a: Box, b: Box): boolean {
  return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;
}

function boxOf(points: InkPoint[], margin: number): Box {
  const box: Box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const [x, y] of points) {
    box.left = Math.min(box.left, x - margin);
    box.top = Math.min(box.top, y - margin);
    box.right = Math.max(box.right, x + margin);
    box.bottom = Math.max(box.bottom, y + margin);
  }
  return box;
}
