import { describe, expect, it } from 'vitest';
import { linesById, shownLines } from './shown';

describe('the layer that a page asks for', () => {
  it('follows the picture inside its box, in steps, with room to stretch', () => {
    expect(shownLines({ width: 320, height: 400 }, 16 / 9, false, 1)).toBe(270);
    expect(shownLines({ width: 320, height: 400 }, 16 / 9, true, 1)).toBe(600);
    expect(shownLines({ width: 321, height: 180 }, 16 / 9, false, 1)).toBe(shownLines({ width: 330, height: 180 }, 16 / 9, false, 1));
    expect(shownLines({ width: 320, height: 180 }, 16 / 9, false, 2)).toBe(540);
  });

  it('is the smallest for a picture that is not on the screen yet', () => {
    expect(linesById(['a'], undefined)).toEqual({ a: 1 });
    expect(linesById(['a'], new Map([['a', {} as MediaStreamTrack]]))).toEqual({ a: 1 });
  });
});
