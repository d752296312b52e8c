import { expect, it } from 'vitest';
import { emptyTileText, hasDouble, proposeSeats, put, withoutAppliances } from './config';

const camera = (id: string, label = id) => ({ id, label });

it('deals cameras to seats in order and leaves the slides to the screen', () => {
  expect(proposeSeats(['TeacherCloseUp', 'Courseware', 'StudentPanorama', 'Board'], [camera('a'), camera('b')])).toEqual({ TeacherCloseUp: 'a', Courseware: 'screen', StudentPanorama: 'b', Board: '' });
});

it('deals cameras to the seats whose names they carry, and a capture device to the slides', () => {
  const cameras = [camera('a', 'USB 学生全景'), camera('b', 'HDMI Capture'), camera('c', 'Integrated')];
  expect(proposeSeats(['TeacherCloseUp', 'StudentPanorama', 'Courseware'], cameras)).toEqual({ TeacherCloseUp: 'c', StudentPanorama: 'a', Courseware: 'b' });
});

it('sees one camera on two seats, but not two unused seats', () => {
  expect(hasDouble({ a: 'x', b: 'x' })).toBe(true);
  expect(hasDouble({ a: 'x', b: '', c: '', d: 'screen', e: 'screen' })).toBe(false);
});

it('leaves the seats of appliances to them', () => {
  const config = { deviceToken: '', classroomId: '', classroomName: '', schoolName: '', microphoneId: 'm', seats: [{ seat: 'TeacherCloseUp', cameraId: 'a' }, { seat: 'Board', cameraId: 'b' }] };
  expect(withoutAppliances(config, ['Board', 'Courseware'])).toEqual({ ...config, seats: [{ seat: 'Board', cameraId: 'b' }] });
  expect(withoutAppliances(config, ['Courseware'])).toEqual({ ...config, seats: [] });
  expect(withoutAppliances(config, [])).toEqual({ ...config, seats: [], microphoneId: null });
});

it('moves a camera from the seat where it was', () => {
  expect(put({ Board: 'a', TeacherCloseUp: 'b' }, 'TeacherCloseUp', 'a')).toEqual({ Board: '', TeacherCloseUp: 'a' });
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
