import { correct } from './drift';
import { MasterClock } from './masterClock';

/** The part of a video element that following needs. */
export interface Playable {
  currentTime: number;
  playbackRate: number;
  readonly paused: boolean;
  readonly seeking: boolean;
  readonly readyState: number;
  play(): Promise<void>;
  pause(): void;
}

/** A track on the lesson clock. */
export interface Follower {
  element: Playable;
  startMs: number;
  durationMs: number;
}

interface Followed extends Follower {
  correcting: boolean;
}

/** HTMLMediaElement.HAVE_FUTURE_DATA. */
const haveFutureData = 3;

/** Longest time that the whole replay waits for one picture before it goes on without it. */
const patienceMs = 6000;

/** Keeps any number of videos on one master clock. Call {@link tick} about ten times a second. */
export class SyncGroup {
  readonly clock: MasterClock;
  private readonly followers = new Set<Followed>();
  private waitingSince: number | null = null;

  constructor(durationMs: number) {
    this.clock = new MasterClock(durationMs);
  }

  /** @returns a function that lets the follower go. */
  follow(follower: Follower): () => void {
    const followed = { ...follower, correcting: false };
    this.followers.add(followed);
    return () => {
      this.followers.delete(followed);
    };
  }

  tick(now: number): void {
    if (this.clock.playing && this.clock.ended(now)) {
      this.clock.pause(now);
    }
    const position = this.clock.position(now);
    const present = [...this.followers].filter((follower) => holds(follower, position));
    this.clock.hold(this.shouldWait(present, now), now);
    for (const follower of this.followers) {
      this.steer(follower, position, present.includes(follower));
    }
  }

  /** Largest distance between the master clock and a picture, in milliseconds. */
  spread(now: number): number {
    const position = this.clock.position(now);
    const drifts = [...this.followers].filter((follower) => holds(follower, position)).map((follower) => driftOf(follower, position));
    return Math.max(0, ...drifts.map((drift) => Math.abs(drift) * 1000));
  }

  private shouldWait(present: Followed[], now: number): boolean {
    const starving = this.clock.playing && present.some(({ element }) => element.readyState < haveFutureData);
    if (!starving) {
      this.waitingSince = null;
      return false;
    }
    this.waitingSince ??= now;
    return now - this.waitingSince < patienceMs;
  }

  private steer(follower: Followed, position: number, present: boolean): void {
    const { element } = follower;
    const running = present && this.clock.playing && !this.clock.held;
    if (!running) {
      if (!element.paused) {
        element.pause();
      }
      if (present && !element.seeking && Math.abs(driftOf(follower, position)) > 0.03) {
        element.currentTime = targetOf(follower, position);
      }
      return;
    }
    if (element.paused) {
      // A seek costs its data again: only when the paused picture is really elsewhere.
      if (Math.abs(driftOf(follower, position)) > 0.1) {
        element.currentTime = targetOf(follower, position);
      }
      // A refused play (no user gesture yet) is tried again at the next tick.
      element.play().catch(() => undefined);
    } else if (!element.seeking) {
      this.nudge(follower, position);
    }
  }

  private nudge(follower: Followed, position: number): void {
    const correction = correct(driftOf(follower, position), this.clock.rate, follower.correcting);
    follower.correcting = correction.kind === 'rate';
    if (correction.kind === 'seek') {
      follower.element.currentTime = targetOf(follower, position);
      return;
    }
    const rate = correction.kind === 'rate' ? correction.rate : this.clock.rate;
    if (follower.element.playbackRate !== rate) {
      follower.element.playbackRate = rate;
    }
  }
}

function holds(follower: Follower, position: number): boolean {
  return position >= follower.startMs && position < follower.startMs + follower.durationMs;
}

function targetOf(follower: Follower, position: number): number {
  return (position - follower.startMs) / 1000;
}

function driftOf(follower: Follower, position: number): number {
  return follower.element.currentTime - targetOf(follower, position);
}
