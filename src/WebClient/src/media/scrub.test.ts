import { expect, it } from 'vitest';
import { percentOf, timeUnder } from './scrub';

it('finds the time under a place on a bar, and never leaves the bar', () => {
  const box = { left: 100, width: 400 };
  expect([50, 100, 300, 500, 900].map((x) => timeUnder(x, box, 60_000))).toEqual([0, 0, 30_000, 60_000, 60_000]);
});

it('has no time under a bar that is not on the page', () => {
  expect([timeUnder(10, undefined, 60_000), timeUnder(10, { left: 0, width: 0 }, 60_000)]).toEqual([0, 0]);
});

it('places a time on its bar, and never beside it', () => {
  expect([-5, 0, 15_000, 60_000, 70_000].map((ms) => percentOf(ms, 60_000))).toEqual(['0%', '0%', '25%', '100%', '100%']);
  expect(percentOf(0, 0)).toBe('0%');
});
