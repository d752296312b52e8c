import type { FilmQuestion } from '@/generated/contracts';

/** A jump further than playing can explain is a seek: what lies between is not asked. */
const longestStep = 1500;

/** Says at which questions a film pauses as it plays, from the times that the player shows. Each is asked once a visit. */
export class QuestionStops {
  private readonly done = new Set<string>();
  /** The stretch that was played last: from just behind its first time to its last one. */
  private from = -1;
  private to = -1;

  constructor(private readonly questions: readonly FilmQuestion[]) {}

  /** The question that the film has come to; null when it goes on. */
  at(ms: number, isPlaying: boolean): FilmQuestion | null {
    const went = ms - this.to;
    this.from = isPlaying && went >= 0 && went <= longestStep ? this.to : ms;
    this.to = ms;
    return this.pending();
  }

  /** Answered or passed over: the next question of the same moment, if there is one. */
  finish(id: string): FilmQuestion | null {
    this.done.add(id);
    return this.pending();
  }

  private pending(): FilmQuestion | null {
    return this.questions.find(({ id, atMs }) => atMs > this.from && atMs <= this.to && !this.done.has(id)) ?? null;
  }
}
