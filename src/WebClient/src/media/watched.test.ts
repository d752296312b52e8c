import { describe, expect, it } from 'vitest';
import { WatchedParts } from './watched';

function play(parts: WatchedParts, from: number, to: number): void {
  for (let ms = from; ms <= to; ms += 250) parts.at(ms, true);
}

describe('what is watched', () => {
  it('is what was played, from its beginning to where it is now', () => {
    const parts = new WatchedParts();
    play(parts, 0, 5000);
    expect(parts.take()).toEqual([{ fromMs: 0, toMs: 5000 }]);
  });

  it('leaves out what was jumped over, forwards and backwards', () => {
    const parts = new WatchedParts();
    play(parts, 0, 2000);
    play(parts, 60_000, 61_000);
    play(parts, 1000, 1500);
    expect(parts.take()).toEqual([{ fromMs: 0, toMs: 2000 }, { fromMs: 60_000, toMs: 61_000 }, { fromMs: 1000, toMs: 1500 }]);
  });

  it('goes on after a report without telling anything twice', () => {
    const parts = new WatchedParts();
    play(parts, 0, 2000);
    parts.take();
    play(parts, 2250, 3000);
    expect(parts.take()).toEqual([{ fromMs: 2000, toMs: 3000 }]);
    expect(parts.take()).toEqual([]);
  });

  it('stands still while the film does', () => {
    const parts = new WatchedParts();
    play(parts, 0, 1000);
    parts.at(1000, false);
    parts.at(30_000, false);
    expect(parts.take()).toEqual([{ fromMs: 0, toMs: 1000 }]);
  });

  it('tells again what could not be told, and never more than the server takes', () => {
    const parts = new WatchedParts();
    parts.giveBack(Array.from({ length: 70 }, (_, index) => ({ fromMs: index, toMs: index + 1 })));
    expect(parts.take()).toHaveLength(60);
  });
});
