import { expect, it } from 'vitest';
import type { FilmQuestion } from '@/generated/contracts';
import { QuestionStops } from './stops';

const question = (id: string, atMs: number): FilmQuestion => ({ id, atMs, kind: 'TrueFalse', text: id, choices: [] });

function played(stops: QuestionStops, from: number, to: number): string[] {
  const asked: string[] = [];
  for (let ms = from; ms <= to; ms += 250) {
    for (let found = stops.at(ms, true); found; found = stops.finish(found.id)) asked.push(found.id);
  }
  return asked;
}

it('asks each question when the film comes to it, two of one moment one after the other, and none twice', () => {
  const stops = new QuestionStops([question('first', 0), question('a', 3000), question('b', 3000), question('late', 9000)]);
  expect(played(stops, 0, 5000)).toEqual(['first', 'a', 'b']);
  stops.at(1000, false);
  expect(played(stops, 1000, 5000)).toEqual([]);
});

it('does not ask what was jumped over, and asks it when it is played later', () => {
  const stops = new QuestionStops([question('a', 3000)]);
  expect(played(stops, 0, 1000)).toEqual([]);
  expect(stops.at(60_000, true)).toBeNull();
  expect(stops.at(2000, false)).toBeNull();
  expect(played(stops, 2000, 4000)).toEqual(['a']);
});

it('asks nothing while the film is moved by hand', () => {
  const stops = new QuestionStops([question('a', 3000)]);
  expect([2500, 3000, 3500].map((ms) => stops.at(ms, false))).toEqual([null, null, null]);
});
