import type { RosterPupil } from '@/generated/contracts';
import type { LiveLesson } from '../state';
import type { Question } from './fold';

/** A child who is expected to answer: on the roster of a class that sits in the lesson, or here without being on one. */
export interface Expected {
  key: string;
  name: string;
  school: string | null;
  /** On whatever tablet the child has been. */
  participantIds: string[];
  isHere: boolean;
}

const keyOf = (classroomId: string | null, name: string) => `${classroomId ?? ''}/${name}`;

export function expectedPeople(lesson: LiveLesson, roster: readonly RosterPupil[]): Expected[] {
  const expected = new Map<string, Expected>();
  for (const pupil of roster) {
    const key = keyOf(pupil.classroomId, pupil.name);
    expected.set(key, { key, name: pupil.name, school: pupil.schoolShortName, participantIds: [], isHere: false });
  }
  for (const person of lesson.people.values()) {
    if (person.role !== 'Student') continue;
    const key = keyOf(person.classroomId, person.name);
    const known = expected.get(key);
    // Who left again and is on no roster is expected no more.
    if (!known && !person.isPresent) continue;
    const child = known ?? { key, name: person.name, school: person.school, participantIds: [], isHere: false };
    child.participantIds.push(person.id);
    child.isHere ||= person.isPresent && !person.isAway;
    expected.set(key, child);
  }
  return [...expected.values()];
}

export function hasAnswered(question: Question, child: Expected): boolean {
  return child.participantIds.some((id) => question.answers.has(id));
}

/** Who has not answered: first those who could, then those who are not here. */
export function missingFrom(question: Question, expected: readonly Expected[]): { here: Expected[]; absent: Expected[] } {
  const missing = expected.filter((child) => !hasAnswered(question, child));
  return { here: missing.filter((child) => child.isHere), absent: missing.filter((child) => !child.isHere) };
}

/** The tablets of the class: how many show the lesson, who has put it aside, who is offline. */
export function tabletsOf(lesson: LiveLesson): { looking: string[]; elsewhere: string[]; offline: string[] } {
  const pupils = [...lesson.people.values()].filter((person) => person.role === 'Student' && person.isPresent);
  const names = (which: (person: (typeof pupils)[number]) => boolean) => pupils.filter(which).map((person) => person.name);
  return {
    looking: names((person) => !person.isAway && !lesson.questions.elsewhere.has(person.id)),
    elsewhere: names((person) => !person.isAway && lesson.questions.elsewhere.has(person.id)),
    offline: names((person) => person.isAway),
  };
}
