import type { EditLayout } from '@/generated/contracts';
import { seatsOf } from './editList';

/** Where a seat stands in the 16:9 picture, in hundredths of its width and height. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const whole: Box = { left: 0, top: 0, width: 100, height: 100 };

/** The places of a layout, the main one first: the same ones that the film is composed with. */
export function boxesOf(layout: EditLayout, seats = seatsOf[layout][0]): Box[] {
  switch (layout) {
    case 'Single':
      return [whole];
    case 'PictureInPicture':
      // A quarter of the picture with its white edge, a fortieth of the width from the corner.
      return [whole, { left: 72.2, top: 70, width: 25.3, height: 25.5 }];
    case 'ThreeWay':
      return [
        { left: 0, top: 0, width: 200 / 3, height: 100 },
        { left: 200 / 3, top: 0, width: 100 / 3, height: 50 },
        { left: 200 / 3, top: 50, width: 100 / 3, height: 50 },
      ];
    case 'SideBySide':
      return rows(2, 2);
    case 'Grid':
      return rows(seats, Math.ceil(Math.sqrt(seats)));
  }
}

/** Rows of equal boxes; a last row that is not full is in the middle. */
function rows(count: number, columns: number): Box[] {
  const lines = Math.ceil(count / columns);
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = row === lines - 1 ? count - row * columns : columns;
    const indent = (100 - (inRow * 100) / columns) / 2;
    return { left: indent + ((index % columns) * 100) / columns, top: (row * 100) / lines, width: 100 / columns, height: 100 / lines };
  });
}
