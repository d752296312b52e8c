import type { PassingPiece } from '@/api/hub';
import type { PassingInk } from '@/generated/contracts';
import { decodePoints, encodePoints, type InkPoint } from './points';

/** A stroke that somebody is drawing right now. */
export interface GrowingStroke {
  who: string;
  ink: PassingInk;
  points: InkPoint[];
  at: number;
}

export interface LaserDot {
  who: string;
  surface: string;
  color: string;
  point: InkPoint;
  at: number;
}

const everyMs = 70;
/** A stroke of which nothing more comes was let go somewhere on the way. */
const strokeLastsMs = 8000;
const laserLastsMs = 1200;

/** Tells others what is being drawn, a few times a second; loss does no harm. */
export class PassingSender {
  private sent = 0;
  /** What had been told before the last piece: each piece says that one again, so that one may be lost or left out. */
  private sentBefore = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private next: (() => PassingInk | null) | null = null;

  constructor(private readonly tell: (ink: PassingInk) => void) {}

  /** @param points of the stroke so far; what was told twice is left out, but for the last point. */
  stroke(ink: Omit<PassingInk, 'kind' | 'points' | 'from'>, points: readonly InkPoint[]): void {
    this.soon(() => {
      if (isShape(ink.tool)) return { ...ink, kind: 'stroke', points: encodePoints(points), from: 0 };
      if (points.length <= this.sent) return null;
      const from = Math.max(0, this.sentBefore - 1);
      [this.sentBefore, this.sent] = [this.sent, points.length];
      return { ...ink, kind: 'stroke', points: encodePoints(points.slice(from)), from };
    });
  }

  laser(surface: string, color: string, point: InkPoint | null): void {
    const ink = { kind: 'laser', surface, id: '', tool: 'pen', color, width: 3, points: point ? encodePoints([point]) : '', from: 0 };
    if (point) this.soon(() => ink);
    else this.finish(() => this.tell(ink));
  }

  /** The stroke is finished: its event says the rest. */
  finish(last?: () => void): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.next = null;
    this.sent = 0;
    this.sentBefore = 0;
    last?.();
  }

  private soon(make: () => PassingInk | null): void {
    this.next = make;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      const ink = this.next?.();
      if (ink) this.tell(ink);
    }, everyMs);
  }
}

/** What others are drawing and pointing at. */
export class PassingView {
  readonly strokes = new Map<string, GrowingStroke>();
  readonly lasers = new Map<string, LaserDot>();

  take(who: string, piece: PassingPiece, now: number): void {
    const points = decodePoints(piece.points);
    if (!('kind' in piece)) {
      // Who comes in the middle of a stroke gets it when it is finished.
      const before = this.strokes.get(who);
      if (before?.ink.id === piece.id) this.strokes.set(who, { ...before, points: [...before.points.slice(0, piece.from), ...points], at: now });
    } else if (piece.kind === 'stroke') {
      this.strokes.set(who, { who, ink: piece, points, at: now });
    } else if (points[0]) {
      this.lasers.set(who, { who, surface: piece.surface, color: piece.color, point: points[0], at: now });
    } else {
      this.lasers.delete(who);
    }
  }

  /** The stroke has come whole. */
  finished(who: string, id: string): void {
    if (this.strokes.get(who)?.ink.id === id) this.strokes.delete(who);
  }

  /** @returns whether something is left to be shown. */
  age(now: number): boolean {
    for (const [who, stroke] of this.strokes) if (now - stroke.at > strokeLastsMs) this.strokes.delete(who);
    for (const [who, laser] of this.lasers) if (now - laser.at > laserLastsMs) this.lasers.delete(who);
    return this.strokes.size + this.lasers.size > 0;
  }
}

/** A shape is its two ends anew each time, a line goes on. */
function isShape(tool: string): boolean {
  return tool !== 'pen' && tool !== 'highlighter';
}
