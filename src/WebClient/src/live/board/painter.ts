import { overlaps, type Box, type InkStroke } from './ink';
import { colors, linePath, pathUnit, penPath, shapePath } from './outline';
import type { GrowingStroke, LaserDot } from './passing';
import type { InkPoint } from './points';

/** Where the page lies in the canvas, in CSS pixels. */
export interface View {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A stroke that this page or another one is drawing. */
export interface LiveStroke {
  tool: string;
  color: string;
  width: number;
  points: readonly InkPoint[];
}

/** Milliseconds of drawing between two frames, so that a full page does not hold up the pen. */
const sliceMs = 10;

/** Draws ink on a canvas: what is new on top, what goes away within its own rectangle, everything only when the view changes. */
export class InkPainter {
  private readonly context: CanvasRenderingContext2D;
  private view: View = { left: 0, top: 0, width: 1, height: 1 };
  private ratio = 1;
  private rest: Iterator<InkStroke> | null = null;
  private frame = 0;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly strokes: () => Iterable<InkStroke>,
  ) {
    this.context = canvas.getContext('2d')!;
  }

  show(view: View, width: number, height: number, ratio: number): void {
    this.view = view;
    this.ratio = ratio;
    const [pixelsWide, pixelsHigh] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
    if (this.canvas.width !== pixelsWide || this.canvas.height !== pixelsHigh) {
      this.canvas.width = pixelsWide;
      this.canvas.height = pixelsHigh;
    }
    this.redraw();
  }

  redraw(): void {
    cancelAnimationFrame(this.frame);
    this.clear();
    this.rest = this.strokes()[Symbol.iterator]();
    this.slice();
  }

  add(stroke: InkStroke): void {
    // While the page is still being drawn, it comes in its turn.
    if (this.rest) return;
    this.within(null, () => this.paint(stroke));
  }

  remove(gone: readonly InkStroke[]): void {
    if (this.rest) return this.redraw();
    const box = gone.map((stroke) => stroke.box).reduce(around);
    this.within(box, () => {
      for (const stroke of this.strokes()) if (overlaps(stroke.box, box)) this.paint(stroke);
    });
  }

  /** Everything that moves, on a canvas of its own. */
  live(strokes: readonly LiveStroke[], lasers: readonly LaserDot[], now: number): void {
    this.clear();
    this.within(null, () => {
      for (const stroke of strokes) paintStroke(this.context, pathOf(stroke, false), stroke);
      for (const laser of lasers) this.paintLaser(laser, now);
    });
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
    this.rest = null;
  }

  private slice(): void {
    const until = performance.now() + sliceMs;
    this.within(null, () => {
      while (this.rest && performance.now() < until) {
        const next = this.rest.next();
        if (next.done) this.rest = null;
        else this.paint(next.value);
      }
    });
    if (this.rest) this.frame = requestAnimationFrame(() => this.slice());
  }

  private paint(stroke: InkStroke): void {
    stroke.path ??= pathOf({ ...stroke.data, points: stroke.points }, true);
    paintStroke(this.context, stroke.path, stroke.data);
  }

  private paintLaser({ point, color, at }: LaserDot, now: number): void {
    const { context } = this;
    const [x, y] = [point[0] * pathUnit, point[1] * pathUnit];
    context.globalAlpha = Math.max(0.15, 1 - (now - at) / 1200);
    context.fillStyle = colors[color] ?? colors.red!;
    context.shadowColor = context.fillStyle;
    context.shadowBlur = 16 * this.ratio;
    context.beginPath();
    context.arc(x, y, 5, 0, 2 * Math.PI);
    context.fill();
    context.shadowBlur = 0;
    context.globalAlpha = 1;
  }

  private clear(): void {
    this.context.setTransform(1, 0, 0, 1, 0, 0);
    this.context.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  /** In the page's own coordinates, never outside the page; with a box only there, on cleared ground. */
  private within(box: Box | null, draw: () => void): void {
    const { context, view, ratio } = this;
    const scale = (view.width / pathUnit) * ratio;
    context.save();
    context.setTransform(scale, 0, 0, scale, view.left * ratio, view.top * ratio);
    context.beginPath();
    context.rect(0, 0, pathUnit, (view.height / view.width) * pathUnit);
    context.clip();
    if (box) {
      context.beginPath();
      context.rect(box.left * pathUnit, box.top * pathUnit, (box.right - box.left) * pathUnit, (box.bottom - box.top) * pathUnit);
      context.clip();
      context.clearRect(box.left * pathUnit, box.top * pathUnit, (box.right - box.left) * pathUnit, (box.bottom - box.top) * pathUnit);
    }
    context.lineCap = 'round';
    context.lineJoin = 'round';
    draw();
    context.restore();
  }
}

export function liveOf({ ink, points }: GrowingStroke): LiveStroke {
  return { tool: ink.tool, color: ink.color, width: ink.width, points };
}

function pathOf({ tool, width, points }: LiveStroke, isComplete: boolean): Path2D {
  if (tool === 'pen') return penPath(points, width, isComplete);
  return tool === 'highlighter' ? linePath(points) : shapePath(tool, points, width);
}

function paintStroke(context: CanvasRenderingContext2D, path: Path2D, { tool, color, width }: { tool: string; color: string; width: number }): void {
  context.fillStyle = context.strokeStyle = colors[color] ?? colors.ink!;
  if (tool === 'pen') return context.fill(path);
  context.globalAlpha = tool === 'highlighter' ? 0.36 : 1;
  context.lineWidth = width;
  context.stroke(path);
  context.globalAlpha = 1;
}

function around(a: Box, b: Box): Box {
  return { left: Math.min(a.left, b.left), top: Math.min(a.top, b.top), right: Math.max(a.right, b.right), bottom: Math.max(a.bottom, b.bottom) };
}
