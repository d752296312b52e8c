import { describe, expect, it } from 'vitest';
import type { EditClip } from '../generated/contracts';
import * as edit from './editList';
import { History } from './history';

const lessonMs = 60_000;
const one: EditClip[] = [{ inMs: 10_000, outMs: 30_000, layout: 'Single', seats: ['a/Teacher'] }];
const two: EditClip[] = [...one, { inMs: 40_000, outMs: 50_000, layout: 'SideBySide', seats: ['a/Teacher', 'b/Teacher'] }];

describe('in and out points', () => {
  it('stay inside the lesson and apart from each other', () => {
    expect(edit.setIn(one, 0, -5)[0]?.inMs).toBe(0);
    expect(edit.setIn(one, 0, 99_000)[0]?.inMs).toBe(29_480);
    expect(edit.setOut(one, 0, 99_000, lessonMs)[0]?.outMs).toBe(60_000);
    expect(edit.setOut(one, 0, 0, lessonMs)[0]?.outMs).toBe(10_520);
  });

  it('lie between whole pictures', () => {
    expect(edit.setIn(one, 0, 12_345.678)[0]?.inMs).toBe(12_360);
  });

  it('slide together', () => {
    expect(edit.slide(one, 0, 55_000, lessonMs)[0]).toMatchObject({ inMs: 40_000, outMs: 60_000 });
  });

  it('leave the old list as it was', () => {
    edit.setIn(one, 0, 20_000);
    expect(one[0]?.inMs).toBe(10_000);
  });
});

describe('several clips', () => {
  it('come from a split, which keeps the film as long as it was', () => {
    const cut = edit.split(one, 0, 18_000);
    expect(cut.map((clip) => [clip.inMs, clip.outMs])).toEqual([[10_000, 18_000], [18_000, 30_000]]);
    expect(edit.filmDuration(cut)).toBe(edit.filmDuration(one));
    expect(edit.split(one, 0, 10_100)).toBe(one);
  });

  it('lose a stretch that is cut out', () => {
    const ends = (clips: edit.Clips) => clips.map((clip) => [clip.inMs, clip.outMs]);
    expect(ends(edit.cutOut(two, 15_000, 20_000))).toEqual([[10_000, 15_000], [20_000, 30_000], [40_000, 50_000]]);
    expect(ends(edit.cutOut(two, 25_000, 45_000))).toEqual([[10_000, 25_000], [45_000, 50_000]]);
    expect(edit.cutOut(two, 31_000, 39_000)).toBe(two);
    expect(edit.cutOut(one, 0, 60_000)).toBe(one);
  });

  it('never overlap', () => {
    expect(edit.setOut(two, 0, 45_000, lessonMs)[0]?.outMs).toBe(40_000);
    expect(edit.setIn(two, 1, 5000)[1]?.inMs).toBe(30_000);
    expect(edit.slide(two, 0, 35_000, lessonMs)[0]).toMatchObject({ inMs: 20_000, outMs: 40_000 });
    expect(edit.slide(two, 1, 0, lessonMs)[1]).toMatchObject({ inMs: 30_000, outMs: 40_000 });
  });

  it('can be removed, except the last', () => {
    expect(edit.remove(two, 0)).toHaveLength(1);
    expect(edit.remove(one, 0)).toBe(one);
  });

  it('are added where there is room, with the look of another clip', () => {
    expect(edit.insert(two, 32_000, 30_000, lessonMs, two[1]!)).toEqual({
      clips: [two[0], { inMs: 32_000, outMs: 40_000, layout: 'SideBySide', seats: ['a/Teacher', 'b/Teacher'] }, two[1]], index: 1,
    });
    expect(edit.insert(two, 15_000, 5000, lessonMs, two[0]!)?.clips[1]).toMatchObject({ inMs: 30_000, outMs: 35_000 });
    expect(edit.insert(two, 0, 5000, lessonMs, two[0]!)?.index).toBe(0);
    expect(edit.insert([{ ...one[0]!, inMs: 0, outMs: lessonMs }], 1000, 5000, lessonMs, one[0]!)).toBeNull();
  });
});

describe('layouts', () => {
  it('fill the places they need with free seats and drop the others', () => {
    const wide = edit.setLayout(one, 0, 'PictureInPicture', ['a/Teacher', 'b/Teacher', 'a/Board']);
    expect(wide[0]?.seats).toEqual(['a/Teacher', 'b/Teacher']);
    expect(edit.setLayout(wide, 0, 'Single', [])[0]?.seats).toEqual(['a/Teacher']);
  });

  it('show as many seats in a grid as one likes, within its bounds', () => {
    const all = ['a/Teacher', 'b/Teacher', 'a/Board'];
    const grid = edit.setLayout(one, 0, 'Grid', all);
    expect(grid[0]?.seats).toEqual(all);
    const fewer = edit.toggleSeat(grid, 0, 'b/Teacher');
    expect(fewer[0]?.seats).toEqual(['a/Teacher', 'a/Board']);
    expect(edit.toggleSeat(fewer, 0, 'a/Board')[0]?.seats).toHaveLength(2);
    expect(edit.setLayout(one, 0, 'ThreeWay', all)[0]?.seats).toEqual(all);
  });

  it('swap seats instead of showing one twice', () => {
    expect(edit.setSeat(two, 1, 0, 'b/Teacher')[1]?.seats).toEqual(['b/Teacher', 'a/Teacher']);
    expect(edit.setSeat(two, 1, 1, 'a/Board')[1]?.seats).toEqual(['a/Teacher', 'a/Board']);
    expect(edit.setSeat(two, 0, 1, 'a/Board')[0]?.seats).toEqual(['a/Teacher']);
    expect(edit.swapSeats(two, 1)[1]?.seats).toEqual(['b/Teacher', 'a/Teacher']);
  });
});

describe('film and lesson time', () => {
  it('are translated clip by clip', () => {
    expect(edit.placeAt(two, 0)).toEqual({ index: 0, lessonMs: 10_000 });
    expect(edit.placeAt(two, 20_000)).toEqual({ index: 1, lessonMs: 40_000 });
    expect(edit.placeAt(two, 30_000)).toBeNull();
    expect(edit.filmTime(two, 1, 45_000)).toBe(25_000);
    expect(edit.clipAt(two, 35_000)).toBe(-1);
    expect(edit.clipAt(two, 45_000)).toBe(1);
  });
});

describe('history', () => {
  it('undoes and redoes step by step', () => {
    const history = new History(1);
    history.push(2);
    history.push(3);
    expect(history.undo()).toBe(2);
    expect(history.undo()).toBe(1);
    expect(history.undo()).toBe(1);
    expect(history.redo()).toBe(2);
    history.push(9);
    expect(history.canRedo).toBe(false);
    expect(history.undo()).toBe(2);
  });

  it('counts a drag as one step until it is sealed', () => {
    const history = new History(0);
    history.push(1, 'in');
    history.push(2, 'in');
    history.seal();
    history.push(3, 'in');
    expect(history.undo()).toBe(2);
    expect(history.undo()).toBe(0);
  });

  it('forgets the oldest steps beyond its depth', () => {
    const history = new History(0, 2);
    [1, 2, 3].forEach((value) => history.push(value));
    history.undo();
    history.undo();
    expect(history.undo()).toBe(1);
  });
});
