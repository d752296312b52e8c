import { expect, it } from 'vitest';
import { boxesOf, layouts, placeCount } from './layouts';

it.each(layouts)('lays out %s inside the screen, whatever the number of pictures and however the screen stands', (layout) => {
  for (let count = 0; count <= placeCount[layout]; count++) {
    for (const isUpright of [false, true]) {
      const boxes = boxesOf(layout, count, isUpright);
      expect(boxes).toHaveLength(count);
      for (const box of boxes) {
        expect(Math.min(box.left, box.top)).toBeGreaterThanOrEqual(0);
        expect(box.left + box.width).toBeLessThanOrEqual(1.0001);
        expect(box.top + box.height).toBeLessThanOrEqual(1.0001);
      }
    }
  }
});

it.each(layouts.filter((layout) => layout !== 'PictureInPicture'))('covers nothing of one picture with another in %s', (layout) => {
  const boxes = boxesOf(layout, placeCount[layout]);
  const area = boxes.reduce((sum, box) => sum + box.width * box.height, 0);
  expect(area).toBeCloseTo(1);
});

it('puts a last row that is not full into the middle', () => {
  const last = boxesOf('Grid', 5).at(-1)!;
  expect(last.left + last.width / 2).toBeCloseTo(2 / 3);
  expect(boxesOf('Grid', 3).at(-1)!.left).toBeCloseTo(0.25);
});

it('lays pictures one under another on an upright screen', () => {
  expect(boxesOf('SideBySide', 2, true).map((box) => box.top)).toEqual([0, 0.5]);
  expect(boxesOf('ThreeWay', 3, true)[0]).toEqual({ left: 0, top: 0, width: 1, height: 2 / 3 });
});
