import { describe, expect, it } from 'vitest';
import type { EditClip } from '@/generated/contracts';
import { FilmClock } from './filmClock';

const clips: EditClip[] = [
  { inMs: 60_000, outMs: 70_000, layout: 'Single', seats: ['a/Teacher'] },
  { inMs: 80_000, outMs: 85_000, layout: 'Single', seats: ['a/Teacher'] },
];
const clock = new FilmClock(clips, { style: 'Pine', lengthMs: 4000, text: '' }, { style: 'Pine', lengthMs: 2000, text: '' });

describe('the clock of a film', () => {
  it('knows when a time of the lesson is shown', () => {
    expect(clock.durationMs).toBe(21_000);
    expect([59_999, 60_000, 69_999, 70_000, 80_000, 85_000].map((ms) => clock.filmOf(ms))).toEqual([null, 4000, 13_999, null, 14_000, null]);
    expect(clock.filmIn(1, 90_000)).toBe(19_000);
  });

  it('knows what is shown at a time of the film', () => {
    expect([0, 4000, 13_999, 14_000, 20_000].map((ms) => clock.lessonOf(ms))).toEqual([60_000, 60_000, 69_999, 80_000, 84_999]);
  });
});
