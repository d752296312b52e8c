import { seats, type Seat } from '@/live/select';
import type { LiveLesson } from '@/live/state';

const closest = ['StudentCloseUp', 'StudentPanorama', 'TeacherPanorama', 'TeacherCloseUp'];

/** The picture a pupil comes on stage with: their own, else their classroom's seat nearest to the pupils. */
export function seatForPupil(lesson: LiveLesson, participantId: string): Seat | null {
  const person = lesson.people.get(participantId);
  const pictures = seats(lesson).filter((seat) => seat.video);
  const own = pictures.find((seat) => seat.participantId === participantId);
  if (own || !person?.classroomId) return own ?? null;
  const rank = (seat: Seat) => (closest.indexOf(seat.group) + closest.length + 1) % (closest.length + 1);
  return pictures.filter((seat) => seat.classroomId === person.classroomId).sort((a, b) => rank(a) - rank(b))[0] ?? null;
}
