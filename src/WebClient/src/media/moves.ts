import { newKey } from '@/api/ids';
import type { PlayerMove, PlayerMoveKind } from '@/generated/contracts';
import { isJump } from './watched';

const mostMoves = 60;
/** Jumps of one drag along the bar follow each other faster. */
const oneDrag = 1000;

interface Seen {
  number: number;
  kind: PlayerMoveKind;
  atMs: number;
  fromMs: number;
  /** Epoch milliseconds. */
  when: number;
}

/** Moves of one session, on their way to the server. */
export interface MoveBatch {
  session: string;
  seen: Seen[];
}

/**
 * What a viewer does with a player, from the times that it shows: played, paused, sought. A session begins with its first play and ends when
 * the page is left; a page that is come back to begins another.
 */
export class FilmMoves {
  private session = '';
  private seen: Seen[] = [];
  private count = 0;
  private last = 0;
  private wasPlaying = false;

  /** @param now epoch milliseconds. */
  at(ms: number, isPlaying: boolean, now: number): void {
    if (isPlaying && this.session === '') this.begin(ms, now);
    if (isJump(this.last, ms)) this.seek(ms, now);
    if (isPlaying !== this.wasPlaying) this.add(isPlaying ? 'Played' : 'Paused', ms, ms, now);
    this.last = ms;
    this.wasPlaying = isPlaying;
  }

  /** What happened since the last time. */
  take(): MoveBatch {
    const batch = { session: this.session, seen: this.seen };
    this.seen = [];
    return batch;
  }

  /** The same, and the session is over. */
  finish(now: number): MoveBatch {
    this.add('Terminated', this.last, this.last, now);
    const batch = this.take();
    [this.session, this.count, this.wasPlaying] = ['', 0, false];
    return batch;
  }

  /** What could not be told is told with the next moves. */
  giveBack({ session, seen }: MoveBatch): void {
    if (session === this.session) this.seen = [...seen, ...this.seen].slice(-mostMoves);
  }

  private begin(ms: number, now: number): void {
    this.session = newKey();
    this.last = ms;
    this.add('Initialized', ms, ms, now);
  }

  private seek(ms: number, now: number): void {
    const before = this.seen.at(-1);
    if (before?.kind === 'Seeked' && now - before.when < oneDrag) [before.atMs, before.when] = [ms, now];
    else this.add('Seeked', ms, this.last, now);
  }

  private add(kind: PlayerMoveKind, atMs: number, fromMs: number, when: number): void {
    if (this.session === '') return;
    this.seen = [...this.seen, { number: this.count++, kind, atMs, fromMs, when }].slice(-mostMoves);
  }
}

/** The moves as the server takes them: how long ago, since its clock is another. */
export function toMoves({ seen }: MoveBatch, now: number): PlayerMove[] {
  return seen.map(({ number, kind, atMs, fromMs, when }) => ({ number, kind, atMs: Math.round(atMs), fromMs: Math.round(fromMs), agoMs: Math.max(0, Math.round(now - when)) }));
}
