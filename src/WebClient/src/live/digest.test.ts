import { expect, test } from 'vitest';
import { digest } from './digest';
import { apply, emptyLesson, type LiveLesson } from './state';

function told(...events: [kind: string, body: object, who?: string][]): LiveLesson {
  const lesson = emptyLesson();
  events.forEach(([kind, body, who], index) => apply(lesson, { seq: index + 1, at: 0, who: who ?? 'teacher', kind, body }));
  return lesson;
}

const stroke = (id: string, isPrivate = false) => ({ id, surface: 'board/1', tool: 'pen', color: 'ink', width: 3, points: '', isPrivate });

test('Pages that were told the same say the same', () => {
  const lesson = () => told(['surface.show', { surface: 'board/1' }], ['stroke', stroke('stroke01')], ['hand', { participantId: 'anna', up: true }]);
  expect(digest(lesson())).toBe(digest(lesson()));
});

test('A stroke more, or the same ones in another order, is another lesson', () => {
  const one = told(['stroke', stroke('stroke01')]);
  const both = told(['stroke', stroke('stroke01')], ['stroke', stroke('stroke02')]);
  const turned = told(['stroke', stroke('stroke02')], ['stroke', stroke('stroke01')]);
  expect(new Set([one, both, turned].map(digest)).size).toBe(3);
});

test('What only some are told makes no difference', () => {
  const bare = told(['surface.show', { surface: 'board/1' }]);
  const own = told(['surface.show', { surface: 'board/1' }], ['stroke', stroke('stroke01', true), 'anna'], ['join', { participantId: 'o', name: '听课', role: 'Observer' }]);
  expect(digest(own)).toBe(digest(bare));
});
