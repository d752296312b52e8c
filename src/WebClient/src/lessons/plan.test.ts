import { describe, expect, it } from 'vitest';
import type { ClassroomRow, ClassRow, LessonCard, LessonPlan } from '@/generated/contracts';
import { clashesOf, classroomsOf, roundUp, withHost, withoutClassroom } from './plan';

const room = (id: string, schoolId: string): ClassroomRow => ({ id, schoolId, schoolName: schoolId, name: id, seats: [], selfTest: null, applianceSeats: null });
const rooms = [room('a1', 'a'), room('a2', 'a'), room('b1', 'b')];
const pair = { id: 'p', name: 'a-b', schoolIds: ['b', 'a'] };

describe('classrooms of a lesson', () => {
  it('come from the pair, one for each school, with the own school as host in front', () => {
    expect(classroomsOf(pair, rooms, 'a').map(({ classroomId, isHost }) => [classroomId, isHost])).toEqual([['a1', true], ['b1', false]]);
    expect(classroomsOf(pair, rooms, null).map(({ isHost }) => isHost)).toEqual([true, false]);
    expect(classroomsOf({ ...pair, schoolIds: ['nowhere'] }, rooms, null)).toEqual([]);
  });

  it('bring the class with them where a school has only one', () => {
    const classes = [{ id: 'k1', schoolId: 'a' }, { id: 'k2', schoolId: 'b' }, { id: 'k3', schoolId: 'b' }] as ClassRow[];
    expect(classroomsOf(pair, rooms, 'a', classes).map(({ schoolClassId }) => schoolClassId)).toEqual(['k1', null]);
  });

  it('have exactly one host', () => {
    const planned = classroomsOf(pair, rooms, 'a');
    expect(withHost(planned, 'b1').filter(({ isHost }) => isHost)).toHaveLength(1);
    expect(withoutClassroom(planned, 'a1')).toEqual([{ classroomId: 'b1', isHost: true, schoolClassId: null }]);
    expect(withoutClassroom(withoutClassroom(planned, 'a1'), 'b1')).toEqual([]);
  });
});

describe('clashes', () => {
  const plan = { plannedStart: '2026-03-02T02:00:00Z', plannedEnd: '2026-03-02T02:40:00Z', classrooms: [{ classroomId: 'a1', isHost: true, schoolClassId: null }] } as LessonPlan;
  const other = (change: Partial<LessonCard>): LessonCard => ({
    id: 'o', title: '分数', subject: '', grade: '', kind: 'Synchronous', state: 'Planned', plannedStart: '2026-03-02T02:30:00Z', plannedEnd: '2026-03-02T03:10:00Z', teacherName: '李老师',
    classrooms: [{ classroomId: 'a1', classroomName: '录播教室1', schoolName: '星海小学', schoolShortName: '星海', isHost: true, online: false, selfTest: null, seats: [] }], phase: 'check', recordingState: null, ...change,
  });

  it('name the classroom and the teacher that are taken', () => {
    expect(clashesOf(plan, '李老师', [other({})], null)).toEqual([
      { what: 'teacher', name: '李老师', lessonTitle: '分数' },
      { what: 'classroom', name: '星海 录播教室1', lessonTitle: '分数' },
    ]);
  });

  it('are none for lessons that touch, that are over, or that are this one', () => {
    const touching = other({ plannedStart: '2026-03-02T02:40:00Z' });
    expect(clashesOf(plan, '李老师', [touching, other({ state: 'Cancelled' }), other({ id: 'me' })], 'me')).toEqual([]);
  });
});

it('rounds a start up to the minute', () => {
  expect(roundUp(new Date('2026-03-02T02:00:01Z'), 5).toISOString()).toBe('2026-03-02T02:05:00.000Z');
});
