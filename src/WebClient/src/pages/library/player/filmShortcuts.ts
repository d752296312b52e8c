import type { library } from '@/i18n/library';
import type { Shortcuts } from '@/media/shortcuts';

/** What the keyboard does with a film. */
export interface FilmActs {
  toggle(): void;
  /** Forwards, or backwards when negative. */
  seekBy(ms: number): void;
  /** @param share of the whole film, 0 to 1. */
  seekTo(share: number): void;
  chapter(step: 1 | -1): void;
  volume(step: number): void;
  mute(): void;
  speed(step: 1 | -1): void;
  captions(): void;
  pictureInPicture(): void;
  fullscreen(): void;
  help(): void;
}

export interface FilmKey {
  /** As in `KeyboardEvent.key`. */
  keys: readonly string[];
  /** As printed on the keyboard. */
  shown: readonly string[];
  text: Parameters<typeof library>[0];
  act(film: FilmActs, key: string): void;
}

const tenths = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** Every key of the player: it works by this table, and its help shows the same. */
export const filmKeys: readonly FilmKey[] = [
  { keys: [' ', 'k'], shown: ['␣', 'K'], text: 'keyToggle', act: (film) => film.toggle() },
  { keys: ['ArrowLeft', 'ArrowRight'], shown: ['←', '→'], text: 'keyFive', act: (film, key) => film.seekBy(key === 'ArrowLeft' ? -5000 : 5000) },
  { keys: ['j', 'l'], shown: ['J', 'L'], text: 'keyTen', act: (film, key) => film.seekBy(key === 'j' ? -10_000 : 10_000) },
  { keys: ['[', ']'], shown: ['[', ']'], text: 'keyChapter', act: (film, key) => film.chapter(key === '[' ? -1 : 1) },
  { keys: tenths, shown: ['0', '…', '9'], text: 'keyTenths', act: (film, key) => film.seekTo(Number(key) / 10) },
  { keys: ['Home'], shown: ['Home'], text: 'keyHome', act: (film) => film.seekTo(0) },
  { keys: [',', '.'], shown: [',', '.'], text: 'keySpeed', act: (film, key) => film.speed(key === ',' ? -1 : 1) },
  { keys: ['ArrowUp', 'ArrowDown'], shown: ['↑', '↓'], text: 'keyVolume', act: (film, key) => film.volume(key === 'ArrowUp' ? 0.1 : -0.1) },
  { keys: ['m'], shown: ['M'], text: 'keyMute', act: (film) => film.mute() },
  { keys: ['c'], shown: ['C'], text: 'keyCaptions', act: (film) => film.captions() },
  { keys: ['i'], shown: ['I'], text: 'keyPip', act: (film) => film.pictureInPicture() },
  { keys: ['f'], shown: ['F'], text: 'keyFullscreen', act: (film) => film.fullscreen() },
  { keys: ['?'], shown: ['?'], text: 'keyHelp', act: (film) => film.help() },
];

export function filmShortcuts(film: FilmActs): Shortcuts {
  return Object.fromEntries(filmKeys.flatMap(({ keys, act }) => keys.map((key) => [key, () => act(film, key)])));
}
