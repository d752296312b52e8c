import { expect, it } from 'vitest';
import { emptyTileText, hasDouble, proposeSeats } from './config';

it('deals cameras to seats in order and leaves the slides to the screen', () => {
  expect(proposeSeats(['TeacherCloseUp', 'Courseware', 'StudentPanorama', 'Board'], ['a', 'b'])).toEqual({ TeacherCloseUp: 'a', Courseware: 'screen', StudentPanorama: 'b', Board: '' });
});

it('sees one camera on two seats, but not two unused seats', () => {
  expect(hasDouble({ a: 'x', b: 'x' })).toBe(true);
  expect(hasDouble({ a: 'x', b: '', c: '', d: 'screen', e: 'screen' })).toBe(false);
});

it.each([
  ['Courseware', '', 'noSlides'],
  ['Courseware', 'screen', 'noSlidesYet'],
  ['Courseware', 'a', 'waiting'],
  ['TeacherCloseUp', '', 'noCamera'],
  ['TeacherCloseUp', 'a', 'waiting'],
] as const)('says in the empty tile of %s with the choice "%s": %s', (seat, camera, text) => {
  expect(emptyTileText(seat, camera)).toBe(text);
});
