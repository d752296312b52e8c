import { describe, expect, it } from 'vitest';
import type { EventDto } from '@/generated/contracts';
import { apply, emptyLesson } from '../state';
import { layerOf, type InkChange } from './ink';
import { encodePoints } from './points';

const points = encodePoints([[0.1, 0.1, 0.5], [0.2, 0.2, 0.5]]);
const stroke = (id: string, isPrivate = false, surface = 'board/1') => ({ id, surface, tool: 'pen', color: 'ink', width: 3, points, isPrivate });

function lessonOf(...events: [kind: string, body: unknown, who?: string][]) {
  const lesson = emptyLesson();
  const changes: InkChange[] = [];
  lesson.board.ink.listen((change) => changes.push(change));
  events.forEach(([kind, body, who], index) => apply(lesson, { seq: index + 1, at: 0, who: who ?? 'teacher', kind, body } satisfies EventDto));
  return { lesson, changes, ids: (layer: string) => [...lesson.board.ink.on(layer)].map((item) => item.data.id) };
}

describe('slides and whiteboard', () => {
  it('show what the teacher turned to last', () => {
    const { lesson } = lessonOf(
      ['slides.open', { documentId: 'deck', title: '方程', pages: [{ width: 4, height: 3, title: '' }] }],
      ['surface.show', { surface: 'doc:deck/1' }],
      ['slides.free', { allowed: true }],
      ['surface.show', { surface: 'board/3' }],
      ['surface.show', { surface: 'board/2' }],
    );
    expect([lesson.board.shown, lesson.board.isFree, lesson.board.boardPages, lesson.board.slides.get('deck')?.title]).toEqual(['board/2', true, 3, '方程']);
  });

  it('give and take the pen', () => {
    expect(lessonOf(['ink.pen', { participantId: 'p', allowed: true }]).lesson.board.pens.has('p')).toBe(true);
    expect(lessonOf(['ink.pen', { participantId: 'p', allowed: true }], ['ink.pen', { participantId: 'p', allowed: false }]).lesson.board.pens.size).toBe(0);
  });
});

describe('ink', () => {
  it('lies on the layer of its surface and its owner', () => {
    const { ids, lesson } = lessonOf(['stroke', stroke('a')], ['stroke', stroke('b', true), 'pupil'], ['stroke', stroke('c', false, 'board/2')]);
    expect([ids(layerOf('board/1')), ids(layerOf('board/1', 'pupil')), ids(layerOf('board/2'))]).toEqual([['a'], ['b'], ['c']]);
    expect(lesson.board.ink.ownersOn('board/1')).toEqual(['pupil']);
  });

  it('goes, comes back on top, and is cleared', () => {
    const { ids } = lessonOf(
      ['stroke', stroke('a')],
      ['stroke', stroke('b')],
      ['stroke.gone', { ids: ['a', 'unknown'] }],
      ['ink.back', { strokes: [{ who: 'teacher', stroke: stroke('a') }] }],
    );
    expect(ids('board/1')).toEqual(['b', 'a']);
    expect(lessonOf(['stroke', stroke('a')], ['stroke', stroke('b', true), 'pupil'], ['surface.clear', { surface: 'board/1' }]).ids('board/1~pupil')).toEqual(['b']);
  });

  it('that is shared reaches those who had none of it, once', () => {
    const { ids, lesson } = lessonOf(['ink.share', { participantId: 'pupil', surface: 'board/1', strokes: [stroke('a', true)] }], ['stroke', stroke('b', true), 'pupil'], ['ink.share', { participantId: 'pupil', surface: 'board/1', strokes: [stroke('a', true), stroke('b', true)] }]);
    expect(ids('board/1~pupil')).toEqual(['a', 'b']);
    expect(lesson.board.shared).toEqual({ participantId: 'pupil', surface: 'board/1' });
  });

  it('that was drawn ahead is not drawn again when its event comes, and moves when it is private after all', () => {
    const { lesson, changes, ids } = lessonOf(['stroke', stroke('a'), 'pupil'], ['stroke', stroke('a'), 'pupil'], ['stroke', stroke('a', true), 'pupil']);
    expect(changes.map((change) => change.kind)).toEqual(['added', 'removed', 'added']);
    expect([ids('board/1'), ids('board/1~pupil'), lesson.board.ink.find('a')?.who]).toEqual([[], ['a'], 'pupil']);
  });

  it('tells its listeners one change for each layer', () => {
    const { changes } = lessonOf(['stroke', stroke('a')], ['stroke', stroke('b')], ['stroke', stroke('c', true), 'pupil'], ['stroke.gone', { ids: ['a', 'b', 'c'] }]);
    expect(changes.filter((change) => change.kind === 'removed').map((change) => change.layer)).toEqual(['board/1', 'board/1~pupil']);
  });

  it('of five thousand strokes is folded without copying what is there', () => {
    const many = Array.from({ length: 5000 }, (_, index): [string, unknown] => ['stroke', stroke(`s${index}`)]);
    const { ids, changes } = lessonOf(...many);
    expect([ids('board/1').length, changes.length]).toEqual([5000, 5000]);
  });
});
