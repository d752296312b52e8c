import { areTogether, groupOf } from './groups/state';
import type { LiveLesson, Publication } from './state';

/** Order in which seats are shown, and in which one is picked when nobody chose. */
const seatOrder = ['TeacherCloseUp', 'TeacherPanorama', 'camera', 'StudentPanorama', 'StudentCloseUp', 'Board', 'Courseware', 'screen'];

export function seatRank(group: string): number {
  const rank = seatOrder.indexOf(group);
  return rank < 0 ? seatOrder.length : rank;
}

/** A picture someone sends, with the sound of the same group. */
export interface Seat {
  participantId: string;
  classroomId: string | null;
  group: string;
  video: string | null;
  audio: string | null;
  codec: string | null;
}

/** Publications grouped to seats, in showing order. */
export function seats(lesson: LiveLesson): Seat[] {
  const found = new Map<string, Seat>();
  for (const publication of lesson.publications.values()) {
    const key = `${publication.participantId}/${publication.group}`;
    const seat = found.get(key) ?? { participantId: publication.participantId, classroomId: publication.classroomId, group: publication.group, video: null, audio: null, codec: null };
    if (publication.kind === 'Video') {
      seat.video = publication.id;
      seat.codec = publication.codec;
    } else {
      seat.audio = publication.id;
    }
    found.set(key, seat);
  }
  return [...found.values()].sort((a, b) => seatRank(a.group) - seatRank(b.group));
}

/** @param own when given, a stage that one's own subgroup does not see is none. */
export function stagedSeat(lesson: LiveLesson, own?: { participantId: string }): Seat | null {
  const { stage } = lesson;
  return stage && (!own || areTogether(lesson, stage.participantId, own.participantId)) ? (seats(lesson).find((seat) => seat.participantId === stage.participantId && seat.group === stage.group && seat.video) ?? null) : null;
}

/** The picture for a page when the teacher has not chosen one: the teacher's, else the other side's first. */
export function defaultSeat(lesson: LiveLesson, own: { participantId: string; classroomId: string | null }): Seat | null {
  const others = seats(lesson).filter((seat) => seat.video && seat.participantId !== own.participantId && areTogether(lesson, seat.participantId, own.participantId) && (own.classroomId === null || seat.classroomId !== own.classroomId));
  return others.find((seat) => seat.group.startsWith('Teacher') || lesson.people.get(seat.participantId)?.role === 'Teacher') ?? others[0] ?? null;
}

/** What a page shows large: the stage, unless it is the page's own picture, which it has without the server. */
export function shownSeat(lesson: LiveLesson, own: { participantId: string; classroomId: string | null }): Seat | null {
  const staged = stagedSeat(lesson, own);
  return staged && staged.participantId !== own.participantId ? staged : defaultSeat(lesson, own);
}

/**
 * Sound that this page plays: of those with whom it is together, or of another subgroup that it listens to; not its own and not its
 * classroom's. The server refuses the same.
 */
export function audibleIds(lesson: LiveLesson, own: { participantId: string; classroomId: string | null }, group = groupOf(lesson, own.participantId)): string[] {
  return [...lesson.publications.values()]
    .filter((publication) => publication.kind === 'Audio' && publication.participantId !== own.participantId && groupOf(lesson, publication.participantId) === group && !sameRoom(publication, own.classroomId))
    .map((publication) => publication.id);
}

/** Seats that a teacher's page lists: of those with whom it is together, without pupils who only speak. */
export function listedSeats(lesson: LiveLesson, own: { participantId: string }): Seat[] {
  return seats(lesson).filter((seat) => areTogether(lesson, seat.participantId, own.participantId) && (seat.video !== null || lesson.people.get(seat.participantId)?.role !== 'Student'));
}

/** Pictures of the others in one's own subgroup. */
export function groupPictures(lesson: LiveLesson, own: { participantId: string }): Seat[] {
  const group = groupOf(lesson, own.participantId);
  return group === null ? [] : seats(lesson).filter((seat) => seat.participantId !== own.participantId && groupOf(lesson, seat.participantId) === group);
}

function sameRoom(publication: Publication, classroomId: string | null): boolean {
  return classroomId !== null && publication.classroomId === classroomId;
}
