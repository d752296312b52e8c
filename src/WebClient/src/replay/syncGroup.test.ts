import { describe, expect, it } from 'vitest';
import { correct } from './drift';
import { MasterClock } from './masterClock';
import { SyncGroup, type Playable } from './syncGroup';

class FakeVideo implements Playable {
  currentTime = 0;
  playbackRate = 1;
  paused = true;
  seeking = false;
  readyState = 4;

  play(): Promise<void> {
    this.paused = false;
    return Promise.resolve();
  }

  pause(): void {
    this.paused = true;
  }

  /** A real decoder whose crystal is a little off. */
  run(ms: number, crystal = 1): void {
    if (!this.paused) {
      this.currentTime += (ms / 1000) * this.playbackRate * crystal;
    }
  }
}

describe('master clock', () => {
  it('runs with wall time at its rate', () => {
    const clock = new MasterClock(60_000);
    clock.play(1000);
    expect(clock.position(3000)).toBe(2000);
    clock.setRate(2, 3000);
    expect(clock.position(4000)).toBe(4000);
    clock.pause(4000);
    expect(clock.position(9000)).toBe(4000);
  });

  it('stands still while it is held and stops at the end', () => {
    const clock = new MasterClock(5000);
    clock.play(0);
    clock.hold(true, 1000);
    expect(clock.position(3000)).toBe(1000);
    clock.hold(false, 3000);
    expect(clock.position(4000)).toBe(2000);
    expect(clock.position(99_000)).toBe(5000);
  });

  it('starts from the beginning when play is pressed at the end', () => {
    const clock = new MasterClock(5000);
    clock.seek(5000, 0);
    clock.play(10);
    expect(clock.position(10)).toBe(0);
  });
});

describe('drift', () => {
  it('leaves small distances alone, bends the rate for middle ones, jumps for large ones', () => {
    expect(correct(0.015, 1, false)).toEqual({ kind: 'steady' });
    expect(correct(0.1, 1, false)).toEqual({ kind: 'rate', rate: 0.95 });
    expect(correct(-0.1, 1, false)).toEqual({ kind: 'rate', rate: 1.05 });
    expect(correct(0.9, 1, false)).toEqual({ kind: 'seek' });
  });

  it('goes on correcting until it has arrived', () => {
    expect(correct(0.015, 1, true).kind).toBe('rate');
    expect(correct(0.005, 1, true).kind).toBe('steady');
  });
});

describe('sync group', () => {
  it('keeps two videos with different crystals within 40 ms over an hour', () => {
    const group = new SyncGroup(3_700_000);
    const videos = [new FakeVideo(), new FakeVideo()];
    videos.forEach((element) => group.follow({ element, startMs: 0, durationMs: 3_700_000 }));
    group.clock.play(0);
    let worst = 0;
    for (let now = 0; now <= 3_600_000; now += 100) {
      group.tick(now);
      videos[0]!.run(100, 1.0005);
      videos[1]!.run(100, 0.9995);
      worst = Math.max(worst, group.spread(now + 100));
    }
    expect(worst).toBeLessThan(40);
  });

  it('starts a late track at its own zero and stops it at its end', () => {
    const group = new SyncGroup(10_000);
    const late = new FakeVideo();
    group.follow({ element: late, startMs: 4000, durationMs: 2000 });
    group.clock.play(0);
    group.tick(3900);
    expect(late.paused).toBe(true);
    group.tick(4300);
    expect(late.paused).toBe(false);
    expect(late.currentTime).toBeCloseTo(0.3);
    group.tick(6100);
    expect(late.paused).toBe(true);
  });

  it('waits for a picture that has no data, but not for ever', () => {
    const group = new SyncGroup(60_000);
    const slow = new FakeVideo();
    slow.readyState = 1;
    group.follow({ element: slow, startMs: 0, durationMs: 60_000 });
    group.clock.play(0);
    group.tick(100);
    expect(group.clock.held).toBe(true);
    group.tick(7000);
    expect(group.clock.held).toBe(false);
    group.tick(7100);
    slow.readyState = 4;
    group.tick(7200);
    expect(group.clock.held).toBe(false);
  });

  it('shows the right frame while it stands still', () => {
    const group = new SyncGroup(60_000);
    const video = new FakeVideo();
    group.follow({ element: video, startMs: 1000, durationMs: 50_000 });
    group.clock.seek(21_000, 0);
    group.tick(0);
    expect(video.currentTime).toBe(20);
    expect(video.paused).toBe(true);
  });
});
