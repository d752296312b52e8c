import type { ClassroomRow, ClassRow, LessonCard, LessonPlan, PairRow, PlannedClassroom } from '@/generated/contracts';

/** A class begins on a round minute. */
export function roundUp(date: Date, minutes: number): Date {
  const step = minutes * 60_000;
  return new Date(Math.ceil(date.getTime() / step) * step);
}

/** One classroom for each school of a pair, the first of each; the given school's one hosts and comes first. */
export function classroomsOf(pair: PairRow, classrooms: readonly ClassroomRow[], hostSchoolId: string | null, classes: readonly ClassRow[] = []): PlannedClassroom[] {
  const firsts = pair.schoolIds.flatMap((school) => classrooms.find((room) => room.schoolId === school) ?? []);
  const host = firsts.find((room) => room.schoolId === hostSchoolId) ?? firsts[0];
  const ordered = host ? [host, ...firsts.filter((room) => room !== host)] : [];
  return ordered.map((room) => ({ classroomId: room.id, isHost: room === host, schoolClassId: onlyClassOf(room.schoolId, classes) }));
}

/** A school with a single class needs no choice. */
function onlyClassOf(schoolId: string, classes: readonly ClassRow[]): string | null {
  const own = classes.filter((item) => item.schoolId === schoolId);
  return own.length === 1 ? own[0]!.id : null;
}

/** Exactly one classroom hosts: choosing one takes it from the others. */
export function withHost(classrooms: readonly PlannedClassroom[], classroomId: string): PlannedClassroom[] {
  return classrooms.map((room) => ({ ...room, isHost: room.classroomId === classroomId }));
}

/** Removing the host hands its part to the first that is left. */
export function withoutClassroom(classrooms: readonly PlannedClassroom[], classroomId: string): PlannedClassroom[] {
  const rest = classrooms.filter((room) => room.classroomId !== classroomId);
  return rest.some((room) => room.isHost) || !rest[0] ? rest : withHost(rest, rest[0].classroomId);
}

/** Something at the same time that needs the same teacher or classroom. */
export interface Clash {
  what: 'teacher' | 'classroom';
  name: string;
  lessonTitle: string;
}

/** What a plan clashes with among other lessons; warned of while it is being written, before anything is saved. */
export function clashesOf(plan: LessonPlan, teacherName: string | null, lessons: readonly LessonCard[], ownId: string | null): Clash[] {
  const start = Date.parse(plan.plannedStart);
  const end = Date.parse(plan.plannedEnd);
  const rooms = plan.classrooms.map((room) => room.classroomId);
  return lessons
    .filter((other) => other.id !== ownId && ['Planned', 'Open', 'Live'].includes(other.state))
    .filter((other) => Date.parse(other.plannedStart) < end && Date.parse(other.plannedEnd) > start)
    .flatMap((other) => [
      ...(teacherName !== null && other.teacherName === teacherName ? [{ what: 'teacher' as const, name: teacherName, lessonTitle: other.title }] : []),
      ...other.classrooms
        .filter((room) => rooms.includes(room.classroomId))
        .map((room) => ({ what: 'classroom' as const, name: `${room.schoolShortName} ${room.classroomName}`, lessonTitle: other.title })),
    ]);
}
