import { expect, it } from 'vitest';
import { apply, emptyLesson } from '../state';

it('keeps the notes that stand', () => {
  const lesson = emptyLesson();
  const note = { noteId: 'n1', name: 'Observer', at: 65_000, itemId: 'wait', group: 'Questions', item: 'Waits', score: 4, maxScore: 5, text: '' };
  apply(lesson, { seq: 1, at: 66_000, who: 'o1', kind: 'note', body: note });
  apply(lesson, { seq: 2, at: 67_000, who: 'o1', kind: 'note', body: { noteId: 'n2', name: 'Observer', at: 67_000, text: 'free' } });
  apply(lesson, { seq: 3, at: 68_000, who: 'o1', kind: 'note.gone', body: { noteId: 'n2' } });
  expect(lesson.notes).toEqual([{ id: 'n1', who: 'o1', name: 'Observer', at: 65_000, itemId: 'wait', group: 'Questions', item: 'Waits', score: 4, maxScore: 5, text: '' }]);
});
