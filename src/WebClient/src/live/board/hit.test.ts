import { describe, expect, it } from 'vitest';
import { Fingers } from './fingers';
import { touches } from './hit';
import { InkStroke } from './ink';
import { pageWidths, PageLinks, widthFor } from './pageLinks';
import { encodePoints } from './points';
import { parseSurface, surfaceName } from './surface';

const strokeOf = (tool: string) => new InkStroke('me', { id: 'a', surface: 'board/1', tool, color: 'ink', width: 4, points: encodePoints([[0.2, 0.2, 0.5], [0.6, 0.4, 0.5]]), isPrivate: false });

describe('the eraser', () => {
  it.each([
    ['pen', 0.4, 0.3, true],
    ['pen', 0.4, 0.36, false],
    ['pen', 0.2, 0.2, true],
    ['rect', 0.2, 0.3, true],
    ['rect', 0.4, 0.3, false],
    ['ellipse', 0.4, 0.2, true],
    ['ellipse', 0.4, 0.3, false],
    ['arrow', 0.4, 0.3, true],
  ])('touches a %s at %f, %f: %s', (tool, x, y, isTouched) => expect(touches(strokeOf(tool), x, y, 0.01)).toBe(isTouched));
});

describe('two fingers', () => {
  it('zoom about the place between them', () => {
    const fingers = new Fingers();
    fingers.down(1, { x: 100, y: 100 });
    fingers.down(2, { x: 200, y: 100 });
    fingers.move(1, { x: 50, y: 100 });
    fingers.move(2, { x: 250, y: 100 });
    const { scale, x, y } = fingers.movement();
    expect([scale, 150 * scale + x, 100 * scale + y]).toEqual([2, 150, 100]);
  });

  it('begin anew when one of them goes', () => {
    const fingers = new Fingers();
    fingers.down(1, { x: 0, y: 0 });
    fingers.down(2, { x: 10, y: 0 });
    fingers.move(2, { x: 90, y: 0 });
    fingers.up(2);
    expect(fingers.movement()).toEqual({ scale: 1, x: 0, y: 0 });
  });
});

describe('the picture of a page', () => {
  it('is as wide as the screen needs, or a little less', () => {
    expect([300, 960, 1100, 1200, 2200, 2400, 9000].map(widthFor)).toEqual([960, 960, 960, 1920, 1920, 3840, 3840]);
    expect(pageWidths).toHaveLength(3);
  });

  it('has one link for all pages until it is about to run out', async () => {
    let asked = 0;
    let now = 0;
    const links = new PageLinks(async () => ({ pagesBase: `/media/${++asked}/`, expiresInSeconds: 100 }), () => now);
    expect(await Promise.all([links.url('deck', 1, 960), links.url('deck', 2, 1920)])).toEqual(['/media/1/1-960.webp', '/media/1/2-1920.webp']);
    now = 81_000;
    expect(await links.url('deck', 3, 960)).toBe('/media/2/3-960.webp');
    links.drop('deck');
    expect(await links.url('deck', 3, 960)).toBe('/media/3/3-960.webp');
  });

  it('is asked for again after the line was gone', async () => {
    let isThere = false;
    const links = new PageLinks(async () => (isThere ? { pagesBase: '/media/x/', expiresInSeconds: 100 } : Promise.reject(new Error('offline'))));
    await expect(links.url('deck', 1, 960)).rejects.toThrow();
    isThere = true;
    expect(await links.url('deck', 1, 960)).toBe('/media/x/1-960.webp');
  });
});

describe('the name of a surface', () => {
  it.each(['board/1', 'board/12', 'doc:0199aabb/3'])('%s says what it is', (name) => expect(surfaceName(parseSurface(name)!)).toBe(name));
  it.each(['', 'board', 'doc:/1', 'else/1', null])('%s is none', (name) => expect(parseSurface(name)).toBeNull());
});
