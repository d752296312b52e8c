import { groupOf } from '../groups/state';
import type { LiveLesson, Person } from '../state';

/** Whether the others do not hear this one now, as the server decides it. */
export function isSilenced(lesson: LiveLesson, person: Person): boolean {
  const { talk } = lesson;
  return talk.muted.has(person.id) || (talk.allMuted && !maySpeakAnyway(lesson, person));
}

/** The teachers always lead; beside them whoever was handed the lead. */
export function mayLead(lesson: LiveLesson, participantId: string): boolean {
  return lesson.people.get(participantId)?.role === 'Teacher' || (participantId !== '' && lesson.talk.leader === participantId);
}

/** Who can be handed the lead: another teacher, a classroom, or the pupil who is on the stage. */
export function mayBeHandedTheLead(lesson: LiveLesson, person: Person): boolean {
  return person.role === 'Teacher' || person.role === 'Station' || (person.role === 'Student' && lesson.stage?.participantId === person.id);
}

// A subgroup talks among itself, and the microphone of the teacher's classroom carries the teacher's own voice.
function maySpeakAnyway(lesson: LiveLesson, person: Person): boolean {
  return (
    person.role === 'Teacher' ||
    lesson.talk.leader === person.id ||
    lesson.talk.open.has(person.id) ||
    groupOf(lesson, person.id) !== null ||
    ((person.role === 'Station' || person.role === 'Publisher') && person.classroomId !== null && [...lesson.people.values()].some((other) => other.isPresent && other.role === 'Teacher' && other.classroomId === person.classroomId))
  );
}
