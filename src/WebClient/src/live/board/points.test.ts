import { describe, expect, it } from 'vitest';
import { decodePoints, encodePoints, evenPressure, simplify, snap, type InkPoint } from './points';

const wave = (count: number, pressure: (index: number) => number): InkPoint[] =>
  Array.from({ length: count }, (_, index) => snap([0.1 + index / 400, 0.3 + Math.sin(index / 9) / 20, pressure(index)]));

describe('points as text', () => {
  it('come back as they went, to half a pixel of a large panel', () => {
    const points = wave(300, (index) => (index % 32) / 31);
    decodePoints(encodePoints(points)).forEach((point, index) => point.forEach((value, part) => expect(value).toBeCloseTo(points[index]![part]!, 4)));
  });

  it('keep places outside the page and far from each other', () => {
    const points: InkPoint[] = [[-0.5, 3, 1], [7.875, -1, 0], [0, 0, evenPressure]];
    expect(decodePoints(encodePoints(points)).map(([x, y]) => [x, y])).toEqual(points.map(([x, y]) => [x, y]));
  });

  it('leave the pressure out where there is none', () => {
    const flat = wave(100, () => evenPressure);
    expect(encodePoints(flat).length).toBeLessThan(encodePoints(wave(100, (index) => (index % 7) / 7)).length);
    expect(decodePoints(encodePoints(flat))[50]![2]).toBe(evenPressure);
  });

  it('take about three bytes a point', () => {
    expect((encodePoints(wave(400, (index) => 0.4 + (index % 5) / 100)).length * 3) / 4 / 400).toBeLessThan(3.2);
  });

  it('give what is there before a fault, and never fail', () => {
    expect(decodePoints('')).toEqual([]);
    expect(decodePoints('!!')).toEqual([]);
    const text = encodePoints(wave(10, () => evenPressure));
    for (let length = 0; length < text.length; length++) expect(decodePoints(text.slice(0, length)).length).toBeLessThanOrEqual(10);
  });
});

describe('a simplified line', () => {
  it('keeps its ends and its corners', () => {
    const corner: InkPoint[] = [...Array.from({ length: 50 }, (_, i): InkPoint => [i / 100, 0, 0.5]), ...Array.from({ length: 50 }, (_, i): InkPoint => [0.5, i / 100, 0.5])];
    expect(simplify(corner).map(([x, y]) => [x, y])).toEqual([[0, 0], [0.5, 0], [0.5, 0.49]]);
  });

  it('keeps a change of pressure on a straight line', () => {
    const line = Array.from({ length: 101 }, (_, i): InkPoint => [i / 200, 0, i === 50 ? 1 : 0.5]);
    expect(simplify(line).some((point) => point[2] === 1)).toBe(true);
  });

  it('is a fraction of what a pen tells, and off by less than a pixel', () => {
    const drawn = Array.from({ length: 600 }, (_, index): InkPoint => [0.1 + index / 2000, 0.3 + Math.sin(index / 40) / 20, evenPressure]);
    const kept = simplify(drawn);
    expect(kept.length).toBeLessThan(drawn.length / 5);
    for (const [x, y] of drawn) {
      const at = kept.findIndex((point) => point[0] >= x);
      const [a, b] = [kept[Math.max(0, at - 1)]!, kept[at]!];
      const along = b[0] > a[0] ? (x - a[0]) / (b[0] - a[0]) : 0;
      expect(Math.abs(a[1] + along * (b[1] - a[1]) - y)).toBeLessThan(0.0007);
    }
  });
});
