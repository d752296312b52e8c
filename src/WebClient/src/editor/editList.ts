import type { EditClip, EditLayout } from '../generated/contracts';

/** The clips of a film, in the order of the lesson and without overlap. Every function here answers a new list and leaves the old one as it was. */
export type Clips = readonly EditClip[];

/** Shorter clips cannot be grasped on the lane, nor seen. */
export const shortestClipMs = 520;

/** A picture of the film, at 25 a second. Films are cut between pictures of the lesson clock. */
export const frameMs = 40;

export const layouts: readonly EditLayout[] = ['Single', 'SideBySide', 'PictureInPicture', 'ThreeWay', 'Grid'];

/** The least and the most seats that a layout shows. */
export const seatsOf: Record<EditLayout, readonly [number, number]> = { Single: [1, 1], SideBySide: [2, 2], PictureInPicture: [2, 2], ThreeWay: [3, 3], Grid: [2, 6] };

/** How many seats a layout shows of those there are. */
export function seatCount(layout: EditLayout, available: number): number {
  const [least, most] = seatsOf[layout];
  return Math.max(least, Math.min(most, available));
}

export function filmDuration(clips: Clips): number {
  return clips.reduce((sum, clip) => sum + clip.outMs - clip.inMs, 0);
}

/** Moves the in point; it stays behind the clip before and in front of the out point. */
export function setIn(clips: Clips, index: number, ms: number): Clips {
  return change(clips, index, (clip) => ({ ...clip, inMs: clamp(ms, roomOf(clips, index, 0).from, clip.outMs - shortestClipMs) }));
}

/** Moves the out point; it stays behind the in point and in front of the next clip. */
export function setOut(clips: Clips, index: number, ms: number, lessonMs: number): Clips {
  return change(clips, index, (clip) => ({ ...clip, outMs: clamp(ms, clip.inMs + shortestClipMs, roomOf(clips, index, lessonMs).to) }));
}

/** Slides a clip along the lesson without changing its length, as far as its neighbours let it. */
export function slide(clips: Clips, index: number, inMs: number, lessonMs: number): Clips {
  return change(clips, index, (clip) => {
    const length = clip.outMs - clip.inMs;
    const { from, to } = roomOf(clips, index, lessonMs);
    const at = clamp(inMs, from, to - length);
    return { ...clip, inMs: at, outMs: at + length };
  });
}

/** Cuts the clip in two at a time of the lesson; nothing happens within {@link shortestClipMs} of its ends. */
export function split(clips: Clips, index: number, ms: number): Clips {
  const clip = clips[index];
  const at = toFrame(ms);
  if (!clip || at - clip.inMs < shortestClipMs || clip.outMs - at < shortestClipMs) {
    return clips;
  }
  return [...clips.slice(0, index), { ...clip, outMs: at }, { ...clip, inMs: at }, ...clips.slice(index + 1)];
}

/**
 * Adds a clip that begins at a time of the lesson, or at the end of the clip that is there already, and fits between its neighbours.
 * @param like the clip whose layout it takes over.
 * @returns the new list and the place of the new clip; null where there is no room.
 */
export function insert(clips: Clips, atMs: number, lengthMs: number, lessonMs: number, like: EditClip): { clips: Clips; index: number } | null {
  const covering = clips[clipAt(clips, atMs)];
  const inMs = covering ? covering.outMs : atMs;
  const index = clips.filter((clip) => clip.outMs <= inMs).length;
  const outMs = Math.min(inMs + lengthMs, clips[index]?.inMs ?? lastCut(lessonMs));
  if (outMs - inMs < shortestClipMs) return null;
  return { clips: [...clips.slice(0, index), roundClip({ ...like, inMs, outMs }), ...clips.slice(index)], index };
}

/** The last clip cannot be removed: a film has at least one. */
export function remove(clips: Clips, index: number): Clips {
  return clips.length > 1 ? clips.filter((_, at) => at !== index) : clips;
}

/** Takes a stretch of the lesson out of the film: what lies in it is cut away, a clip around it becomes two. */
export function cutOut(clips: Clips, fromMs: number, toMs: number): Clips {
  const [from, to] = [toFrame(fromMs), toFrame(toMs)];
  const left = clips.flatMap((clip) => [
    { ...clip, outMs: Math.min(clip.outMs, from) },
    { ...clip, inMs: Math.max(clip.inMs, to) },
  ]).filter((clip) => clip.outMs - clip.inMs >= shortestClipMs);
  const isTouched = clips.some((clip) => clip.inMs < to && clip.outMs > from);
  return isTouched && left.length > 0 ? left : clips;
}

/** Changes the layout; seats that it needs more are filled with the first ones that are free. */
export function setLayout(clips: Clips, index: number, layout: EditLayout, available: readonly string[]): Clips {
  return change(clips, index, (clip) => {
    const free = available.filter((seat) => !clip.seats.includes(seat));
    return { ...clip, layout, seats: [...clip.seats, ...free].slice(0, seatCount(layout, available.length)) };
  });
}

/** Puts a seat into a place of the layout; a seat that was elsewhere in it changes places with the one it drives out. */
export function setSeat(clips: Clips, index: number, place: number, seat: string): Clips {
  return change(clips, index, (clip) => {
    const old = clip.seats[place];
    if (place >= seatsOf[clip.layout][1]) {
      return clip;
    }
    const seats = clip.seats.map((other) => (other === seat && old !== undefined ? old : other));
    seats[place] = seat;
    return { ...clip, seats };
  });
}

/** Takes a seat out of a grid, or puts it in at the end; other layouts always show as many as they do. */
export function toggleSeat(clips: Clips, index: number, seat: string): Clips {
  return change(clips, index, (clip) => {
    const [least, most] = seatsOf[clip.layout];
    const seats = clip.seats.includes(seat) ? clip.seats.filter((other) => other !== seat) : [...clip.seats, seat];
    return seats.length < least || seats.length > most ? clip : { ...clip, seats };
  });
}

export function swapSeats(clips: Clips, index: number): Clips {
  return change(clips, index, (clip) => ({ ...clip, seats: [...clip.seats].reverse() }));
}

/** A place in the film and in the lesson at once. */
export interface FilmPlace {
  index: number;
  lessonMs: number;
}

/** Which clip plays at a time of the film; null behind its end. */
export function placeAt(clips: Clips, filmMs: number): FilmPlace | null {
  let before = 0;
  for (const [index, clip] of clips.entries()) {
    const length = clip.outMs - clip.inMs;
    if (filmMs < before + length) {
      return { index, lessonMs: clip.inMs + Math.max(0, filmMs - before) };
    }
    before += length;
  }
  return null;
}

/** The film time of a lesson time in a given clip; times outside it are drawn to its ends. */
export function filmTime(clips: Clips, index: number, lessonMs: number): number {
  const clip = clips[index];
  const before = filmDuration(clips.slice(0, index));
  return clip ? before + clamp(lessonMs, clip.inMs, clip.outMs) - clip.inMs : before;
}

/** The first clip that shows a lesson time, or -1. */
export function clipAt(clips: Clips, lessonMs: number): number {
  return clips.findIndex((clip) => lessonMs >= clip.inMs && lessonMs < clip.outMs);
}

/** From the end of the clip before to the beginning of the next. */
function roomOf(clips: Clips, index: number, lessonMs: number): { from: number; to: number } {
  return { from: clips[index - 1]?.outMs ?? 0, to: clips[index + 1]?.inMs ?? lastCut(lessonMs) };
}

function change(clips: Clips, index: number, with_: (clip: EditClip) => EditClip): Clips {
  return clips.map((clip, at) => (at === index ? roundClip(with_(clip)) : clip));
}

function roundClip(clip: EditClip): EditClip {
  return { ...clip, inMs: toFrame(clip.inMs), outMs: toFrame(clip.outMs) };
}

/** The nearest time at which a picture begins; the film is cut there and nowhere between. */
export function toFrame(ms: number): number {
  return Math.round(ms / frameMs) * frameMs;
}

/** The last place to cut within the lesson. */
function lastCut(lessonMs: number): number {
  return Math.floor(lessonMs / frameMs) * frameMs;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}
