import { expect, it } from 'vitest';
import { changeOf } from './probe';
import { isTestDue, runSelfTest } from './selfTest';

const minute = 60_000;

it.each([
  [null, 0, null, true],
  [0, 10 * minute, 15 * minute, false],
  [0, 40 * minute, 60 * minute, true],
  [0, 40 * minute, null, false],
  [0, 40 * minute, 39 * minute, false],
  [0, 40 * minute, 400 * minute, false],
])('a test of %s is due at %s before a bell at %s: %s', (last, now, bell, due) => {
  expect(isTestDue(last, now, bell)).toBe(due);
});

it('gives a device back that opens after a lesson has taken over', async () => {
  const lesson = new AbortController();
  const track = {} as MediaStreamTrack;
  const released: MediaStreamTrack[] = [];
  let answer: (track: MediaStreamTrack) => void = () => undefined;
  const config = { deviceToken: '', classroomId: '', classroomName: '', schoolName: '', microphoneId: 'm', seats: [{ seat: 'Board', cameraId: 'a' }] };
  const source = {
    camera: () => new Promise<MediaStreamTrack>((resolve) => (answer = resolve)),
    microphone: () => Promise.reject(new Error('it is not asked any more')),
    release: (late: MediaStreamTrack) => void released.push(late),
  };
  const test = runSelfTest(config, source, lesson.signal);
  lesson.abort();
  await expect(test).rejects.toThrow();
  expect(released).toEqual([]);
  answer(track);
  await new Promise((resolve) => setTimeout(resolve));
  expect(released).toEqual([track]);
});

it('sees the smallest change of a picture', () => {
  expect(changeOf([1, 2, 3], [1, 2, 3])).toBe(0);
  expect(changeOf([1, 2, 3], [1, 4, 3])).toBe(2);
});
