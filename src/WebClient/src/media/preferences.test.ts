import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { filmPreferences, preferFilms } from './preferences';

const kept = new Map<string, string>();

beforeEach(() => {
  kept.clear();
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value) });
  vi.stubGlobal('navigator', {});
});

afterEach(() => {
  vi.unstubAllGlobals();
});

it('remembers each choice without the others', () => {
  preferFilms({ rate: 1.5 });
  preferFilms({ captions: true });
  expect(filmPreferences()).toEqual({ captions: true, rate: 1.5, saves: false });
});

it("saves data when the browser wishes it, until the viewer says otherwise", () => {
  vi.stubGlobal('navigator', { connection: { saveData: true } });
  expect(filmPreferences().saves).toBe(true);
  preferFilms({ rate: 2 });
  expect(filmPreferences().saves).toBe(true);
  preferFilms({ saves: false });
  expect(filmPreferences().saves).toBe(false);
});

it.each(['', 'no json', '7', 'null', '{"rate":"fast","captions":3}', '{"rate":900}'])('survives what somebody else stored: %s', (text) => {
  kept.set('classroom.film', text);
  expect(filmPreferences()).toEqual({ captions: false, rate: 1, saves: false });
});

it('goes on where nothing may be stored', () => {
  vi.stubGlobal('localStorage', { getItem: () => { throw new Error('denied'); }, setItem: () => { throw new Error('denied'); } });
  preferFilms({ captions: true });
  expect(filmPreferences().captions).toBe(false);
});
