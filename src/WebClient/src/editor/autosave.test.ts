import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Autosave, type SaveState } from './autosave';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function make(save: (value: string) => Promise<boolean>) {
  const states: SaveState[] = [];
  return { states, autosave: new Autosave<string>({ save, onState: (state) => states.push(state), delayMs: 100, retryMs: 1000 }) };
}

it('saves only the latest value when the hands rest', async () => {
  const saved: string[] = [];
  const { autosave, states } = make((value) => Promise.resolve(saved.push(value) > 0));
  autosave.change('a');
  await vi.advanceTimersByTimeAsync(50);
  autosave.change('b');
  await vi.advanceTimersByTimeAsync(100);
  expect(saved).toEqual(['b']);
  expect(states).toEqual(['dirty', 'saving', 'saved']);
});

it('stops at a conflict until it is settled', async () => {
  const answers = [false, true];
  const saved: string[] = [];
  const { autosave, states } = make((value) => {
    saved.push(value);
    return Promise.resolve(answers.shift() ?? true);
  });
  autosave.change('mine');
  await vi.advanceTimersByTimeAsync(100);
  autosave.change('more');
  await vi.advanceTimersByTimeAsync(5000);
  expect(states.at(-1)).toBe('conflict');
  expect(saved).toEqual(['mine']);
  expect(await autosave.resume('more')).toBe(true);
  expect(saved).toEqual(['mine', 'more']);
});

it('tries a failed save again', async () => {
  let tries = 0;
  const { autosave, states } = make(() => (tries++ === 0 ? Promise.reject(new Error('offline')) : Promise.resolve(true)));
  autosave.change('a');
  await vi.advanceTimersByTimeAsync(100);
  expect(states.at(-1)).toBe('failed');
  await vi.advanceTimersByTimeAsync(1000);
  expect(states.at(-1)).toBe('saved');
});

it('does not repeat what was refused, until something changes', async () => {
  let tries = 0;
  const states: SaveState[] = [];
  const autosave = new Autosave<string>({
    save: () => (tries++ === 0 ? Promise.reject(new Error('invalid')) : Promise.resolve(true)), isRefusal: () => true, onState: (state) => states.push(state), delayMs: 100,
  });
  autosave.change('bad');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(tries).toBe(1);
  expect(states.at(-1)).toBe('refused');
  expect(await autosave.flush()).toBe(false);
  autosave.change('good');
  expect(await autosave.flush()).toBe(true);
});

it('saves what changed during a save when it is flushed', async () => {
  const saved: string[] = [];
  let release = () => {};
  const { autosave } = make((value) => {
    saved.push(value);
    return value === 'a' ? new Promise((resolve) => { release = () => resolve(true); }) : Promise.resolve(true);
  });
  autosave.change('a');
  await vi.advanceTimersByTimeAsync(100);
  autosave.change('b');
  const flushed = autosave.flush();
  release();
  expect(await flushed).toBe(true);
  expect(saved).toEqual(['a', 'b']);
});
