import { describe, expect, it } from 'vitest';
import type { Content } from './content';
import { chaptersOf, sameFilm, saveOf } from './content';
import { layouts, seatsOf } from './editList';
import { boxesOf } from './layoutGeometry';

const content: Content = {
  title: ' 分数的意义 ', description: '', type: 'Subject', nodeId: 'n', points: [{ id: 'p', name: '分数' }],
  clips: [{ inMs: 0, outMs: 20_000, layout: 'Single', seats: ['a/Teacher'] }],
  opening: null, closing: null, blurs: [], mutes: [], cover: null, cues: [], questions: [],
  chapters: [{ lessonMs: 9000, title: '二' }, { lessonMs: 0, title: '一' }, { lessonMs: 5000, title: ' ' }, { lessonMs: 0, title: '零' }, { lessonMs: 99_000, title: '后' }],
};

describe('content of a micro-course', () => {
  it('is saved with its version, trimmed, chapters in order, none twice, empty or behind the end', () => {
    const save = saveOf(content, 7, '旧');
    expect(save).toMatchObject({ editVersion: 7, title: '分数的意义', pointIds: ['p'], edit: { durationMs: 20_000 } });
    expect(saveOf({ ...content, title: ' ' }, 7, '旧').title).toBe('旧');
    expect(save.chapters.map(({ title }) => title)).toEqual(['一', '二']);
  });

  it('needs a new film only when the cut changes', () => {
    expect(sameFilm(content, { ...content, clips: [{ ...content.clips[0]! }], title: '新' })).toBe(true);
    expect(sameFilm(content, { ...content, clips: [{ ...content.clips[0]!, outMs: 21_000 }] })).toBe(false);
    const carded = { ...content, opening: { style: 'Pine' as const, lengthMs: 3000, text: '' } };
    expect(sameFilm(carded, { ...carded, title: '新' })).toBe(false);
  });

  it('keeps chapters with their pictures when the film is cut anew', () => {
    const later = { ...content, clips: [{ ...content.clips[0]!, inMs: 4000 }], opening: { style: 'Pine' as const, lengthMs: 3000, text: '' } };
    expect(chaptersOf(later)).toEqual([{ atMs: 8000, title: '二' }]);
    expect(chaptersOf({ ...later, clips: content.clips })[0]).toEqual({ atMs: 0, title: '一' });
  });
});

it('keeps every place of a layout inside the picture', () => {
  for (const layout of layouts) {
    for (let seats = seatsOf[layout][0]; seats <= seatsOf[layout][1]; seats++) {
      expect(boxesOf(layout, seats)).toHaveLength(seats);
      for (const box of boxesOf(layout, seats)) {
        expect(box.left + box.width).toBeLessThanOrEqual(100.001);
        expect(box.top + box.height).toBeLessThanOrEqual(100.001);
      }
    }
  }
});
