import type { WatchedPart } from '@/generated/contracts';

const longestStep = 1500;
const mostParts = 60;

/** A step further than playing can explain is a seek. */
export function isJump(from: number, to: number): boolean {
  return to < from || to - from > longestStep;
}

/** Collects what is really played, as parts of the film, from the times that the player shows. */
export class WatchedParts {
  private parts: WatchedPart[] = [];
  private from: number | null = null;
  private last = 0;

  /** @param ms where the film is now. */
  at(ms: number, isPlaying: boolean): void {
    if (this.from !== null && (!isPlaying || isJump(this.last, ms))) this.close();
    if (isPlaying && this.from === null) this.from = ms;
    this.last = ms;
  }

  /** What was played since the last time; it begins anew from here. */
  take(): WatchedPart[] {
    const goesOn = this.from !== null;
    this.close();
    if (goesOn) this.from = this.last;
    const taken = this.parts;
    this.parts = [];
    return taken;
  }

  /** What could not be told is told with the next parts. */
  giveBack(parts: WatchedPart[]): void {
    this.parts = [...parts, ...this.parts].slice(-mostParts);
  }

  private close(): void {
    if (this.from !== null && this.last > this.from) this.parts = [...this.parts, { fromMs: Math.round(this.from), toMs: Math.round(this.last) }].slice(-mostParts);
    this.from = null;
  }
}
