import type { LiveLesson } from '../state';

export interface Group {
  id: string;
  name: string;
  classroomId: string | null;
}

/** The subgroups that are open; none: the class is together. */
export interface Groups {
  list: Group[];
  /** Member → group. */
  of: Map<string, string>;
  /** Teacher → the group that is visited. */
  visits: Map<string, string>;
  /** UTC milliseconds. */
  endsAt: number | null;
  isTimeUp: boolean;
}

export const emptyGroups = (): Groups => ({ list: [], of: new Map(), visits: new Map(), endsAt: null, isTimeUp: false });

/** Where somebody is, as a member or a visitor; null: with the whole class. */
export function groupOf(lesson: LiveLesson, participantId: string): string | null {
  return lesson.groups.of.get(participantId) ?? lesson.groups.visits.get(participantId) ?? null;
}

export function areTogether(lesson: LiveLesson, one: string, other: string): boolean {
  return groupOf(lesson, one) === groupOf(lesson, other);
}

export function groupName(lesson: LiveLesson, id: string | null): string {
  return lesson.groups.list.find((group) => group.id === id)?.name ?? '';
}

/** The group's surface of the whiteboard. */
export const groupSurface = (id: string): string => `board/g${id}`;
