import type { LessonLayout } from '@/generated/contracts';
import { groupOf } from '../groups/state';
import { isSharp } from '../layers';
import { seatRank, seats, shownSeat, stagedSeat, type Seat } from '../select';
import type { LiveLesson } from '../state';
import { placeCount } from './layouts';

interface Own {
  participantId: string;
  classroomId: string | null;
}

/**
 * The seats that a page shows, the first place first. With one picture a page shows the other side while nobody is on stage;
 * with several, every page shows the same ones in the same places.
 */
export function placesOf(lesson: LiveLesson, own: Own): Seat[] {
  if (lesson.picture.layout === 'One' || groupOf(lesson, own.participantId) !== null) {
    const seat = shownSeat(lesson, own);
    return seat ? [seat] : [];
  }
  return sharedPlaces(lesson);
}

/** What everyone sees in a layout of several pictures; fewer where there are not enough. */
export function sharedPlaces(lesson: LiveLesson): Seat[] {
  const { layout, beside } = lesson.picture;
  // What a subgroup sends is for its own eyes.
  const pictures = seats(lesson).filter((seat) => seat.video && groupOf(lesson, seat.participantId) === null);
  const first = stagedSeat(lesson) ?? firstOf(pictures, layout, lesson);
  if (!first) return [];
  const taken: (Seat | null)[] = [first];
  for (let place = 1; place < placeCount[layout]; place++) {
    const wish = beside[place - 1];
    const seat = wish ? pictures.find((item) => item.participantId === wish.participantId && item.group === wish.group) : undefined;
    taken.push(seat && !taken.some((other) => isSame(other, seat)) ? seat : null);
  }
  return taken.map((seat) => seat ?? fill(taken, pictures)).filter((seat): seat is Seat => seat !== null);

  function fill(all: (Seat | null)[], from: Seat[]): Seat | null {
    const next = nextOf(all, from);
    if (next) all[all.indexOf(null)] = next;
    return next;
  }
}

/** While nobody is on stage: slides with the teacher small beside them, else the teacher; the host's before another's. */
function firstOf(all: Seat[], layout: LessonLayout, lesson: LiveLesson): Seat | null {
  const isHost = (seat: Seat) => seat.classroomId !== null && seat.classroomId === lesson.picture.hostRoom;
  const pictures = [...all.filter(isHost), ...all.filter((seat) => !isHost(seat))];
  const slides = layout === 'PictureInPicture' ? pictures.find((seat) => isSharp(seat.group)) : undefined;
  const teacher = pictures.find((seat) => seat.group.startsWith('Teacher') || lesson.people.get(seat.participantId)?.role === 'Teacher');
  return slides ?? teacher ?? pictures[0] ?? null;
}

/** The side that is shown least comes next, with its first seat. */
function nextOf(taken: (Seat | null)[], pictures: Seat[]): Seat | null {
  const side = (seat: Seat) => seat.classroomId ?? seat.participantId;
  const shown = (seat: Seat) => taken.filter((other) => other && side(other) === side(seat)).length;
  const free = pictures.filter((seat) => !taken.some((other) => isSame(other, seat)));
  return free.sort((a, b) => shown(a) - shown(b) || seatRank(a.group) - seatRank(b.group))[0] ?? null;
}

export function isSame(a: { participantId: string; group: string } | null, b: { participantId: string; group: string } | null): boolean {
  return a !== null && b !== null && a.participantId === b.participantId && a.group === b.group;
}

/** The arrangement after a seat was put into a place: who was there takes the place that the seat comes from. */
export function placed(shown: Seat[], layout: LessonLayout, place: number, seat: { participantId: string; group: string }) {
  const targets: ({ participantId: string; group: string } | null)[] = Array.from({ length: placeCount[layout] }, (_, index) => {
    const there = shown[index];
    return there ? { participantId: there.participantId, group: there.group } : null;
  });
  const from = targets.findIndex((target) => isSame(target, seat));
  if (from >= 0) targets[from] = targets[place] ?? null;
  targets[place] = { participantId: seat.participantId, group: seat.group };
  return { layout, stage: targets[0] ?? null, beside: targets.slice(1) };
}

/** The pictures that a tablet takes. */
export function tabletPlaces(lesson: LiveLesson, own: Own): Seat[] {
  return mayShowVideo(lesson, own) ? placesOf(lesson, own).filter((seat) => seat.participantId !== own.participantId) : [];
}

/** Whether this tablet shows video: the panel does, and a room's line has room for so many tablets only. */
export function mayShowVideo(lesson: LiveLesson, own: Own): boolean {
  const { settings, closed } = lesson.picture;
  if (settings.tabletVideo !== 'Auto') return settings.tabletVideo === 'On';
  return own.classroomId === null || !closed.includes(own.classroomId);
}
