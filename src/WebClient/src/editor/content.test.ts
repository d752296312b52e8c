import { describe, expect, it } from 'vitest';
import type { Content } from './content';
import { checklist, sameFilm, saveOf } from './content';
import { boxesOf } from './layoutGeometry';

const content: Content = {
  title: ' 分数的意义 ', description: '', type: 'Subject', nodeId: 'n', points: [{ id: 'p', name: '分数' }],
  clips: [{ inMs: 0, outMs: 20_000, layout: 'Single', seats: ['a/Teacher'] }],
  chapters: [{ atMs: 9000, title: '二' }, { atMs: 0, title: '一' }, { atMs: 5000, title: ' ' }, { atMs: 0, title: '零' }, { atMs: 99_000, title: '后' }],
};

describe('content of a micro-course', () => {
  it('is saved with its version, trimmed, chapters in order, none twice, empty or behind the end', () => {
    const save = saveOf(content, 7, '旧');
    expect(save).toMatchObject({ editVersion: 7, title: '分数的意义', pointIds: ['p'], edit: { durationMs: 20_000 } });
    expect(saveOf({ ...content, title: ' ' }, 7, '旧').title).toBe('旧');
    expect(save.chapters.map(({ title }) => title)).toEqual(['一', '二']);
  });

  it('needs a new film only when the cut changes', () => {
    expect(sameFilm(content.clips, [{ ...content.clips[0]! }])).toBe(true);
    expect(sameFilm(content.clips, [{ ...content.clips[0]!, outMs: 21_000 }])).toBe(false);
  });

  it('names what is missing before it can be submitted', () => {
    const missing = (change: Partial<Content>, film = true) => checklist({ ...content, ...change }, film).filter(({ done }) => !done).map(({ key }) => key);
    expect(missing({})).toEqual([]);
    expect(missing({ title: '', nodeId: null, points: [] }, false)).toEqual(['title', 'chapter', 'points', 'film']);
    const long = checklist({ ...content, clips: [{ ...content.clips[0]!, outMs: 601_000 }] }, true).filter(({ done }) => !done);
    expect(long).toEqual([{ key: 'length', done: false, isAdvice: true }]);
  });
});

it('keeps every place of a layout inside the picture', () => {
  for (const layout of ['Single', 'SideBySide', 'PictureInPicture'] as const) {
    for (const box of boxesOf(layout)) {
      expect(box.left + box.width).toBeLessThanOrEqual(100);
      expect(box.top + box.height).toBeLessThanOrEqual(100);
    }
  }
});
