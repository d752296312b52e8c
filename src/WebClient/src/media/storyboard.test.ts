import { describe, expect, it } from 'vitest';
import { parseStoryboard, tileAt } from './storyboard';

const file = `WEBVTT

1
00:00:00.000 --> 00:00:05.000
storyboard.jpg#xywh=0,0,160,90

00:05.000 --> 00:10.000
storyboard.jpg#xywh=160,0,160,90

NOTE a remark

01:00:10.000 --> 01:00:15.500
storyboard.jpg#xywh=pixel:320,90,160,90
`;

describe('storyboard', () => {
  it('reads every cue with an xywh fragment', () => {
    const tiles = parseStoryboard(file);
    expect(tiles).toHaveLength(3);
    expect(tiles[1]).toEqual({ fromMs: 5000, toMs: 10000, image: 'storyboard.jpg', x: 160, y: 0, width: 160, height: 90 });
    expect(tiles[2]).toMatchObject({ fromMs: 3610000, toMs: 3615500, x: 320, y: 90 });
  });

  it('reads files with Windows line ends', () => {
    expect(parseStoryboard(file.replace(/\n/g, '\r\n'))).toHaveLength(3);
  });

  it('leaves out what is no picture and survives garbage', () => {
    expect(parseStoryboard('WEBVTT\n\n00:00.000 --> 00:01.000\nHello')).toEqual([]);
    expect(parseStoryboard('')).toEqual([]);
    expect(parseStoryboard('-->\n\n--> -->\n#xywh=')).toEqual([]);
  });

  it('shows the last tile that has begun', () => {
    const tiles = parseStoryboard(file);
    expect(tileAt(tiles, 4999)?.x).toBe(0);
    expect(tileAt(tiles, 5000)?.x).toBe(160);
    expect(tileAt(tiles, 60000)?.x).toBe(160);
    expect(tileAt([], 1)).toBeNull();
  });
});
