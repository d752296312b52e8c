/** The one clock of a replay: a position that runs with wall time at a rate, and can be held while pictures load. `now` is always an argument, in milliseconds. */
export class MasterClock {
  private anchorMs = 0;
  private anchorNow = 0;
  private speed = 1;
  private isPlaying = false;
  private isHeld = false;

  constructor(private readonly durationMs: number) {}

  get playing(): boolean {
    return this.isPlaying;
  }

  get held(): boolean {
    return this.isHeld;
  }

  get rate(): number {
    return this.speed;
  }

  position(now: number): number {
    const running = this.isPlaying && !this.isHeld;
    const at = running ? this.anchorMs + (now - this.anchorNow) * this.speed : this.anchorMs;
    return Math.min(Math.max(0, at), this.durationMs);
  }

  ended(now: number): boolean {
    return this.position(now) >= this.durationMs;
  }

  play(now: number): void {
    this.anchor(this.ended(now) ? 0 : this.position(now), now);
    this.isPlaying = true;
  }

  pause(now: number): void {
    this.anchor(this.position(now), now);
    this.isPlaying = false;
  }

  seek(ms: number, now: number): void {
    this.anchor(Math.min(Math.max(0, ms), this.durationMs), now);
  }

  setRate(rate: number, now: number): void {
    this.anchor(this.position(now), now);
    this.speed = rate;
  }

  /** Stops the position while a picture is waiting for data; pressing play stays pressed. */
  hold(held: boolean, now: number): void {
    if (held !== this.isHeld) {
      this.anchor(this.position(now), now);
      this.isHeld = held;
    }
  }

  private anchor(ms: number, now: number): void {
    this.anchorMs = ms;
    this.anchorNow = now;
  }
}
