import { beforeEach, describe, expect, it } from 'vitest';
import type { EventDto } from '@/generated/contracts';
import { audibleIds, defaultSeat, seats, stagedSeat } from './select';
import { apply, emptyLesson, type LiveLesson } from './state';

let lesson: LiveLesson;
let seq: number;

beforeEach(() => {
  lesson = emptyLesson();
  seq = 0;
});

function happens(kind: string, body: object = {}, at = 0): EventDto {
  const event = { seq: ++seq, at, who: 'server', kind, body };
  apply(lesson, event);
  return event;
}

function comes(participantId: string, role: string, classroomId: string | null = null): void {
  happens('join', { participantId, name: `Name of ${participantId}`, role, classroomId, schoolShortName: classroomId });
}

function sends(publicationId: string, participantId: string, group: string, kind: 'Audio' | 'Video', classroomId: string | null = null): void {
  happens('publish', { publicationId, participantId, classroomId, group, kind, codec: kind === 'Video' ? 'H264' : 'opus' });
}

describe('the lesson as the fold of its timeline', () => {
  it('goes from open to live to ended', () => {
    happens('lesson.opened');
    expect(lesson.state).toBe('Open');
    happens('lesson.started', { startedAt: 1000 });
    happens('recording', { state: 'on' });
    expect([lesson.state, lesson.startedAt, lesson.recording.state]).toEqual(['Live', 1000, 'on']);
    happens('lesson.extended', { plannedEnd: 5000 });
    expect(lesson.plannedEnd).toBe(5000);
    happens('lesson.ended');
    expect([lesson.state, lesson.recording.state]).toEqual(['Ended', 'off']);
  });

  it('applies an event that is sent twice only once', () => {
    const event = happens('chat', { participantId: 'p1', name: 'A', text: 'hello' });
    apply(lesson, event);
    expect(lesson.chat).toHaveLength(1);
  });

  it('skips kinds it does not know and goes on', () => {
    happens('ink', { stroke: 1 });
    happens('door', { locked: true });
    expect([lesson.lastSeq, lesson.isDoorLocked]).toEqual([2, true]);
  });

  it('keeps the place of someone whose connection is lost', () => {
    comes('p1', 'Student');
    happens('hand', { participantId: 'p1', up: true });
    happens('away', { participantId: 'p1' });
    expect(lesson.people.get('p1')).toMatchObject({ isPresent: true, isAway: true });
    expect(lesson.hands).toEqual(['p1']);
    happens('back', { participantId: 'p1' });
    expect(lesson.people.get('p1')?.isAway).toBe(false);
  });

  it.each(['leave', 'remove'])('takes everything of someone back on %s', (kind) => {
    comes('s1', 'Station', 'room1');
    sends('v1', 's1', 'TeacherCloseUp', 'Video', 'room1');
    happens('stage', { participantId: 's1', group: 'TeacherCloseUp' });
    happens('hand', { participantId: 's1', up: true });
    happens(kind, { participantId: 's1' });
    expect([lesson.publications.size, lesson.stage, lesson.hands]).toEqual([0, null, []]);
    expect(lesson.people.get('s1')?.isPresent).toBe(false);
  });

  it('orders hands by when they went up', () => {
    comes('a', 'Student');
    comes('b', 'Student');
    happens('hand', { participantId: 'a', up: true });
    happens('hand', { participantId: 'b', up: true });
    happens('hand', { participantId: 'a', up: false });
    happens('hand', { participantId: 'a', up: true });
    expect(lesson.hands).toEqual(['b', 'a']);
  });

  it('remembers who knocks and how it was answered', () => {
    happens('knock', { participantId: 'k', name: 'New' });
    expect(lesson.knocks).toEqual([{ participantId: 'k', name: 'New' }]);
    happens('admit', { participantId: 'k', admit: true });
    expect([lesson.knocks, lesson.admitted.get('k')]).toEqual([[], true]);
  });

  it('shows the reason of a recording pause', () => {
    happens('recording', { state: 'paused', reason: 'break' });
    expect(lesson.recording).toEqual({ state: 'paused', reason: 'break' });
  });

  it('knows that the disk is full until there is room again', () => {
    happens('recording.trouble', { code: 'disk_full' });
    expect(lesson.trouble).toBe('disk_full');
    happens('recording.trouble', { code: null });
    expect(lesson.trouble).toBeNull();
  });
});

describe('what a page receives', () => {
  beforeEach(() => {
    comes('teacher', 'Teacher');
    comes('near', 'Station', 'room1');
    comes('far', 'Station', 'room2');
    sends('near-wide', 'near', 'StudentPanorama', 'Video', 'room1');
    sends('near-close', 'near', 'TeacherCloseUp', 'Video', 'room1');
    sends('near-sound', 'near', 'TeacherCloseUp', 'Audio', 'room1');
    sends('far-wide', 'far', 'StudentPanorama', 'Video', 'room2');
    sends('far-sound', 'far', 'StudentPanorama', 'Audio', 'room2');
  });

  it('groups picture and sound of a seat', () => {
    expect(seats(lesson).find((seat) => seat.group === 'TeacherCloseUp')).toMatchObject({ video: 'near-close', audio: 'near-sound' });
  });

  it('is never the sound of its own classroom', () => {
    expect(audibleIds(lesson, { participantId: 'near', classroomId: 'room1' })).toEqual(['far-sound']);
    expect(audibleIds(lesson, { participantId: 'teacher', classroomId: null })).toEqual(['near-sound', 'far-sound']);
  });

  it('is the other side while nothing is on stage', () => {
    expect(defaultSeat(lesson, { participantId: 'near', classroomId: 'room1' })?.video).toBe('far-wide');
    expect(defaultSeat(lesson, { participantId: 'far', classroomId: 'room2' })?.video).toBe('near-close');
  });

  it('is the staged seat, and nothing staged when its picture is gone', () => {
    happens('stage', { participantId: 'far', group: 'StudentPanorama' });
    expect(stagedSeat(lesson)?.video).toBe('far-wide');
    happens('unpublish', { publicationId: 'far-wide' });
    expect(stagedSeat(lesson)).toBeNull();
  });
});
