import { expect, it } from 'vitest';
import { filmKeys, filmShortcuts, type FilmActs } from './filmShortcuts';

function watcher() {
  const calls: unknown[][] = [];
  const film = new Proxy({}, { get: (_, name) => (...values: unknown[]) => calls.push([name, ...values]) }) as FilmActs;
  return { calls, keys: filmShortcuts(film) };
}

it.each([
  [' ', ['toggle']], ['ArrowLeft', ['seekBy', -5000]], ['l', ['seekBy', 10_000]], [']', ['chapter', 1]], ['7', ['seekTo', 0.7]],
  [',', ['speed', -1]], ['ArrowDown', ['volume', -0.1]], ['c', ['captions']], ['?', ['help']],
])('%s does %j', (key, expected) => {
  const { calls, keys } = watcher();
  keys[key]!({} as KeyboardEvent);
  expect(calls).toEqual([expected]);
});

it('has one meaning for each key', () => {
  const all = filmKeys.flatMap(({ keys }) => keys);
  expect(new Set(all).size).toBe(all.length);
});
