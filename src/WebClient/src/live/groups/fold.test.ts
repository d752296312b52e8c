import { beforeEach, describe, expect, it } from 'vitest';
import { audibleIds, groupPictures, shownSeat } from '../select';
import { apply, emptyLesson, type LiveLesson } from '../state';
import { areTogether, groupOf } from './state';

let lesson: LiveLesson;
let seq: number;

function happens(kind: string, body: object = {}): void {
  apply(lesson, { seq: ++seq, at: 0, who: 'server', kind, body });
}

function sends(publicationId: string, participantId: string, kind: 'Audio' | 'Video'): void {
  happens('publish', { publicationId, participantId, classroomId: null, group: 'camera', kind, codec: 'opus' });
}

const own = (participantId: string) => ({ participantId, classroomId: null });

beforeEach(() => {
  lesson = emptyLesson();
  seq = 0;
  for (const [id, role] of [['teacher', 'Teacher'], ['anna', 'Student'], ['ben', 'Student'], ['cleo', 'Student']]) {
    happens('join', { participantId: id, name: id, role, classroomId: null });
    sends(`${id}-sound`, id!, 'Audio');
    sends(`${id}-picture`, id!, 'Video');
  }
  happens('groups.open', { round: 1, groups: [{ id: '101', name: '1', members: ['anna', 'ben'] }, { id: '102', name: '2', members: ['cleo'] }], endsAt: 5000 });
});

describe('subgroups', () => {
  it('hear and see only themselves', () => {
    expect(audibleIds(lesson, own('ben'))).toEqual(['anna-sound']);
    expect(groupPictures(lesson, own('ben')).map((seat) => seat.video)).toEqual(['anna-picture']);
    expect(audibleIds(lesson, own('cleo'))).toEqual([]);
    expect(audibleIds(lesson, own('teacher'))).toEqual([]);
    expect(shownSeat(lesson, own('cleo'))).toBeNull();
  });

  it('hear a teacher who visits them, and the teacher hears them', () => {
    happens('groups.visit', { participantId: 'teacher', groupId: '101' });
    expect(audibleIds(lesson, own('ben'))).toEqual(['teacher-sound', 'anna-sound']);
    expect(audibleIds(lesson, own('teacher'))).toEqual(['anna-sound', 'ben-sound']);
    expect(areTogether(lesson, 'teacher', 'cleo')).toBe(false);
  });

  it('do not see the stage of the whole class', () => {
    happens('stage', { participantId: 'teacher', group: 'camera' });
    expect(shownSeat(lesson, own('ben'))?.participantId).toBe('anna');
  });

  it('let people move, run out of time, and end', () => {
    happens('groups.move', { participantId: 'ben', groupId: '102' });
    expect(groupOf(lesson, 'ben')).toBe('102');
    happens('groups.move', { participantId: 'ben', groupId: null });
    expect(groupOf(lesson, 'ben')).toBeNull();
    happens('groups.timeUp');
    expect(lesson.groups.isTimeUp).toBe(true);
    happens('groups.timer', { endsAt: 9000 });
    expect([lesson.groups.endsAt, lesson.groups.isTimeUp]).toEqual([9000, false]);
    happens('groups.close');
    expect(audibleIds(lesson, own('ben'))).toEqual(['teacher-sound', 'anna-sound', 'cleo-sound']);
  });
});
