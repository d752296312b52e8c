import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PassingPiece } from '@/api/hub';
import type { PassingInk } from '@/generated/contracts';
import { PassingSender, PassingView } from './passing';
import { snap, type InkPoint } from './points';

const ink = { surface: 'board/1', id: 'stroke-1', tool: 'pen', color: 'ink', width: 3 };
const line = (count: number): InkPoint[] => Array.from({ length: count }, (_, index) => snap([index / 100, 0.2, 0.5]));

/** The server passes on only what is new of a stroke that has begun. */
const asServed = (piece: PassingInk): PassingPiece => (piece.from > 0 ? { id: piece.id, from: piece.from, points: piece.points } : piece);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a stroke that is being drawn', () => {
  it('is told a few times a second and grows on other pages as it was drawn', async () => {
    const told: PassingInk[] = [];
    const sender = new PassingSender((piece) => told.push(piece));
    const view = new PassingView();
    for (let count = 1; count <= 40; count++) {
      sender.stroke(ink, line(count));
      await vi.advanceTimersByTimeAsync(16);
    }
    await vi.advanceTimersByTimeAsync(100);
    expect(told.length).toBeLessThan(12);
    told.forEach((piece) => view.take('teacher', asServed(piece), 0));
    expect(view.strokes.get('teacher')?.points).toEqual(line(40));

    view.finished('teacher', 'stroke-1');
    expect(view.strokes.size).toBe(0);

    // To tablets every second piece is told; who comes in the middle waits for the whole.
    told.filter((_, index) => index % 2 === 0).forEach((piece) => view.take('teacher', asServed(piece), 0));
    expect(view.strokes.get('teacher')?.points).toEqual(line(40).slice(0, view.strokes.get('teacher')?.points.length));
    view.finished('teacher', 'stroke-1');
    told.slice(4).forEach((piece) => view.take('teacher', asServed(piece), 0));
    expect(view.strokes.size).toBe(0);
  });

  it('that is a shape is told by its two ends', async () => {
    const told: PassingInk[] = [];
    const sender = new PassingSender((piece) => told.push(piece));
    const view = new PassingView();
    for (const end of [0.2, 0.4]) {
      sender.stroke({ ...ink, tool: 'rect' }, [snap([0.1, 0.1, 0.5]), snap([end, end, 0.5])]);
      await vi.advanceTimersByTimeAsync(100);
    }
    told.forEach((piece) => view.take('teacher', piece, 0));
    expect(view.strokes.get('teacher')?.points[1]).toEqual(snap([0.4, 0.4, 0.5]));
  });

  it('of which nothing more comes does not stay for ever', () => {
    const view = new PassingView();
    new PassingSender((piece) => view.take('teacher', piece, 0)).stroke(ink, line(3));
    vi.advanceTimersByTime(100);
    expect(view.age(1000)).toBe(true);
    expect(view.age(10_000)).toBe(false);
  });
});

describe('a laser pointer', () => {
  it('is where it was last, and gone when it is lifted', () => {
    const view = new PassingView();
    const sender = new PassingSender((piece) => view.take('teacher', piece, 0));
    sender.laser('board/1', 'red', [0.1, 0.1, 0.5]);
    sender.laser('board/1', 'red', snap([0.3, 0.3, 0.5]));
    vi.advanceTimersByTime(100);
    expect(view.lasers.get('teacher')?.point).toEqual(snap([0.3, 0.3, 0.5]));
    sender.laser('board/1', 'red', null);
    expect(view.lasers.size).toBe(0);
  });
});
