import { describe, expect, it } from 'vitest';
import { moments, silences } from './proposals';

const track = (startMs: number, ...parts: [seconds: number, peak: number][]) => ({
  startMs, perSecond: 10, peaks: parts.flatMap(([seconds, peak]) => Array<number>(seconds * 10).fill(peak)),
});

describe('proposed cuts', () => {
  it('are stretches in which nobody is heard, with a little of the pause left on either side', () => {
    const teacher = track(0, [5, 40], [10, 1], [5, 40]);
    expect(silences([teacher], 20_000)).toEqual([{ kind: 'silence', fromMs: 5400, toMs: 14_600 }]);
    expect(silences([teacher, track(8000, [2, 30])], 20_000)).toEqual([
      { kind: 'silence', fromMs: 5400, toMs: 7600 }, { kind: 'silence', fromMs: 10_400, toMs: 14_600 },
    ]);
    expect(silences([track(0, [5, 40], [2, 1], [5, 40])], 12_000)).toEqual([]);
    expect(silences([], 20_000)).toEqual([]);
  });

  it('are moments at which the lesson turns, one where several fall together', () => {
    const event = (at: number, kind: string) => ({ at, who: 'x', kind, bodyJson: '{}' });
    const events = [
      event(1000, 'speaker'), event(9000, 'speaker'), event(10_000, 'speaker'), event(20_000, 'surface.show'), event(20_500, 'speaker'),
      event(30_000, 'question.ask'), event(40_000, 'mark'), event(50_000, 'chat'),
    ];
    expect(moments(events)).toEqual([
      { kind: 'turn', fromMs: 10_000, toMs: 10_000 }, { kind: 'slide', fromMs: 20_000, toMs: 20_000 },
      { kind: 'question', fromMs: 30_000, toMs: 30_000 }, { kind: 'mark', fromMs: 40_000, toMs: 40_000 },
    ]);
  });
});
