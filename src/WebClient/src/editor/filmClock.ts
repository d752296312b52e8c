import type { EditCard } from '@/generated/contracts';
import { filmDuration, type Clips } from './editList';

/** Translates between the lesson's clock, on which everything is kept, and the film's, which viewers see. */
export class FilmClock {
  private readonly openingMs: number;
  readonly durationMs: number;

  constructor(private readonly clips: Clips, opening: EditCard | null | undefined, closing: EditCard | null | undefined) {
    this.openingMs = opening?.lengthMs ?? 0;
    this.durationMs = this.openingMs + filmDuration(clips) + (closing?.lengthMs ?? 0);
  }

  /** When the film first shows a time of the lesson; null when it never does. */
  filmOf(lessonMs: number): number | null {
    let before = this.openingMs;
    for (const clip of this.clips) {
      if (lessonMs >= clip.inMs && lessonMs < clip.outMs) return before + lessonMs - clip.inMs;
      before += clip.outMs - clip.inMs;
    }
    return null;
  }

  /** The film's time when a given clip shows a time of the lesson; drawn to the clip's ends. */
  filmIn(index: number, lessonMs: number): number {
    const clip = this.clips[index];
    const before = this.openingMs + filmDuration(this.clips.slice(0, index));
    return clip ? before + Math.min(Math.max(lessonMs, clip.inMs), clip.outMs) - clip.inMs : before;
  }

  /** What the film shows at a time; on its cards the picture next to them. */
  lessonOf(filmMs: number): number {
    let left = Math.max(0, filmMs - this.openingMs);
    for (const clip of this.clips) {
      const length = clip.outMs - clip.inMs;
      if (left < length) return clip.inMs + left;
      left -= length;
    }
    return Math.max(0, (this.clips.at(-1)?.outMs ?? 0) - 1);
  }
}
