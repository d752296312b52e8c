import { expect, it } from 'vitest';
import { judge, needOf } from './need';

const teacher = needOf({ ownSeats: ['camera'], otherSeats: 4, otherRooms: 2, layout: 'One' });

it('counts what is sent by its seats, and what is shown by the layout', () => {
  expect(needOf({ ownSeats: [], otherSeats: 0, otherRooms: 1, layout: 'One' }).upKbps).toBe(40);
  const one = needOf({ ownSeats: ['TeacherCloseUp', 'StudentPanorama', 'Courseware'], otherSeats: 1, otherRooms: 1, layout: 'One' });
  expect(one.upKbps).toBe(40 + 2 * 1800 + 1500);
  expect(one.downKbps).toBe(40 + 1800);
  const grid = needOf({ ownSeats: [], otherSeats: 6, otherRooms: 1, layout: 'Grid' });
  expect(grid.downKbps).toBeGreaterThan(one.downKbps);
});

it.each([
  [{ downKbps: 20_000, upKbps: 10_000, delayMs: 30, lossPercent: 0 }, 'enough', []],
  [{ downKbps: 20_000, upKbps: 900, delayMs: 30, lossPercent: 0 }, 'soundAndSlides', ['up']],
  [{ downKbps: 1_500, upKbps: 10_000, delayMs: 400, lossPercent: 8 }, 'soundAndSlides', ['down', 'delay', 'loss']],
  [{ downKbps: 200, upKbps: 100, delayMs: 30, lossPercent: null }, 'notEnough', ['down', 'up']],
  [{ downKbps: 20_000, upKbps: 10_000, delayMs: 2_000, lossPercent: null }, 'notEnough', ['delay']],
] as const)('judges %o: %s', (link, verdict, reasons) => {
  expect(judge(link, teacher)).toEqual({ verdict, reasons });
});
