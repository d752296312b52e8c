import type { EditLayout } from '@/generated/contracts';

/** Where a seat stands in the 16:9 picture, in hundredths of its width and height. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const whole: Box = { left: 0, top: 0, width: 100, height: 100 };

/** The places of a layout, the main one first: the same ones that the film is composed with. */
export function boxesOf(layout: EditLayout): Box[] {
  switch (layout) {
    case 'Single':
      return [whole];
    case 'SideBySide':
      return [{ left: 0, top: 25, width: 50, height: 50 }, { left: 50, top: 25, width: 50, height: 50 }];
    case 'PictureInPicture':
      return [whole, { left: 70, top: 70, width: 27.5, height: 27.5 }];
  }
}
