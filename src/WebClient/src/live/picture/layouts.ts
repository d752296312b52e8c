import type { LessonLayout } from '@/generated/contracts';

/** Parts of the whole, from 0 to 1. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export const layouts: LessonLayout[] = ['One', 'SideBySide', 'PictureInPicture', 'ThreeWay', 'Grid'];

export const placeCount: Record<LessonLayout, number> = { One: 1, SideBySide: 2, PictureInPicture: 2, ThreeWay: 3, Grid: 9 };

const whole: Box = { left: 0, top: 0, width: 1, height: 1 };
const inset: Box = { left: 0.72, top: 0.7, width: 0.26, height: 0.27 };

/** Where so many pictures lie in a layout; on an upright screen one under another. */
export function boxesOf(layout: LessonLayout, count: number, isUpright = false): Box[] {
  if (count <= 1) return count === 1 ? [whole] : [];
  if (layout === 'PictureInPicture') return [whole, inset];
  if (layout === 'ThreeWay' && count === 3) return threeWay(isUpright);
  return grid(count, columnsOf(count, isUpright));
}

function threeWay(isUpright: boolean): Box[] {
  const boxes = [
    { left: 0, top: 0, width: 2 / 3, height: 1 },
    { left: 2 / 3, top: 0, width: 1 / 3, height: 0.5 },
    { left: 2 / 3, top: 0.5, width: 1 / 3, height: 0.5 },
  ];
  return isUpright ? boxes.map((box) => ({ left: box.top, top: box.left, width: box.height, height: box.width })) : boxes;
}

function columnsOf(count: number, isUpright: boolean): number {
  if (isUpright) return count <= 3 ? 1 : 2;
  return Math.ceil(Math.sqrt(count));
}

/** Rows of equal boxes; a last row that is not full is in the middle. */
function grid(count: number, columns: number): Box[] {
  const rows = Math.ceil(count / columns);
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = row === rows - 1 ? count - row * columns : columns;
    const indent = (1 - inRow / columns) / 2;
    return { left: indent + (index % columns) / columns, top: row / rows, width: 1 / columns, height: 1 / rows };
  });
}
