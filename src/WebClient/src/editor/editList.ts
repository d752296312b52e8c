import type { EditClip, EditLayout } from '../generated/contracts';

/** The clips of a film, in film order. Every function here answers a new list and leaves the old one as it was. */
export type Clips = readonly EditClip[];

/** Shorter clips cannot be grasped on the lane, nor seen. */
export const shortestClipMs = 500;

/** How many seats a layout shows. */
export function seatCount(layout: EditLayout): number {
  return layout === 'Single' ? 1 : 2;
}

export function filmDuration(clips: Clips): number {
  return clips.reduce((sum, clip) => sum + clip.outMs - clip.inMs, 0);
}

/** Moves the in point; it stays inside the lesson and before the out point. */
export function setIn(clips: Clips, index: number, ms: number): Clips {
  return change(clips, index, (clip) => ({ ...clip, inMs: clamp(ms, 0, clip.outMs - shortestClipMs) }));
}

/** Moves the out point; it stays inside the lesson and after the in point. */
export function setOut(clips: Clips, index: number, ms: number, lessonMs: number): Clips {
  return change(clips, index, (clip) => ({ ...clip, outMs: clamp(ms, clip.inMs + shortestClipMs, lessonMs) }));
}

/** Slides a clip along the lesson without changing its length. */
export function slide(clips: Clips, index: number, inMs: number, lessonMs: number): Clips {
  return change(clips, index, (clip) => {
    const length = clip.outMs - clip.inMs;
    const from = clamp(inMs, 0, Math.max(0, lessonMs - length));
    return { ...clip, inMs: from, outMs: from + length };
  });
}

/** Cuts the clip in two at a time of the lesson; nothing happens within {@link shortestClipMs} of its ends. */
export function split(clips: Clips, index: number, ms: number): Clips {
  const clip = clips[index];
  const at = Math.round(ms);
  if (!clip || at - clip.inMs < shortestClipMs || clip.outMs - at < shortestClipMs) {
    return clips;
  }
  return [...clips.slice(0, index), { ...clip, outMs: at }, { ...clip, inMs: at }, ...clips.slice(index + 1)];
}

/** Adds a clip behind the last one, laid out like the one at <code>like</code>. */
export function append(clips: Clips, inMs: number, outMs: number, seats: string[], like?: EditClip): Clips {
  const clip = like ? { ...like, inMs, outMs } : { inMs, outMs, layout: 'Single' as const, seats: seats.slice(0, 1) };
  return [...clips, roundClip(clip)];
}

/** The last clip cannot be removed: a film has at least one. */
export function remove(clips: Clips, index: number): Clips {
  return clips.length > 1 ? clips.filter((_, at) => at !== index) : clips;
}

/** Changes the order of the film. */
export function move(clips: Clips, from: number, to: number): Clips {
  const clip = clips[from];
  if (!clip || to < 0 || to >= clips.length || from === to) {
    return clips;
  }
  const rest = clips.filter((_, at) => at !== from);
  return [...rest.slice(0, to), clip, ...rest.slice(to)];
}

/** Changes the layout; seats that it needs more are filled with the first ones that are free. */
export function setLayout(clips: Clips, index: number, layout: EditLayout, available: readonly string[]): Clips {
  return change(clips, index, (clip) => {
    const free = available.filter((seat) => !clip.seats.includes(seat));
    return { ...clip, layout, seats: [...clip.seats, ...free].slice(0, seatCount(layout)) };
  });
}

/** Puts a seat into a place of the layout; a seat that was elsewhere in it changes places with the one it drives out. */
export function setSeat(clips: Clips, index: number, place: number, seat: string): Clips {
  return change(clips, index, (clip) => {
    const old = clip.seats[place];
    if (place >= seatCount(clip.layout)) {
      return clip;
    }
    const seats = clip.seats.map((other) => (other === seat && old !== undefined ? old : other));
    seats[place] = seat;
    return { ...clip, seats };
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

function change(clips: Clips, index: number, with_: (clip: EditClip) => EditClip): Clips {
  return clips.map((clip, at) => (at === index ? roundClip(with_(clip)) : clip));
}

function roundClip(clip: EditClip): EditClip {
  return { ...clip, inMs: Math.round(clip.inMs), outMs: Math.round(clip.outMs) };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}
