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
      return [{ left: 0, top: 0, width: 50, height: 100 }, { left: 50, top: 0, width: 50, height: 100 }];
    case 'PictureInPicture':
      // A quarter of the picture with its white edge, a fortieth of the width from the corner.
      return [whole, { left: 72.2, top: 70, width: 25.3, height: 25.5 }];
  }
}
