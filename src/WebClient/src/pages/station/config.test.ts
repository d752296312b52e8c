import { expect, it } from 'vitest';
import { hasDouble, proposeSeats } from './config';

it('deals cameras to seats in order and leaves the slides to the screen', () => {
  expect(proposeSeats(['TeacherCloseUp', 'Courseware', 'StudentPanorama', 'Board'], ['a', 'b'])).toEqual({ TeacherCloseUp: 'a', Courseware: 'screen', StudentPanorama: 'b', Board: '' });
});

it('sees one camera on two seats, but not two unused seats', () => {
  expect(hasDouble({ a: 'x', b: 'x' })).toBe(true);
  expect(hasDouble({ a: 'x', b: '', c: '', d: 'screen', e: 'screen' })).toBe(false);
});
