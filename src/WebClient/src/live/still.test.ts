import { expect, it } from 'vitest';
import { StillWatch } from './still';

it('calls a picture still once no frame has come for six seconds, and moving with the next one', () => {
  const watch = new StillWatch();
  expect(watch.look(10, 1000)).toBe(false);
  expect(watch.look(10, 6900)).toBe(false);
  expect(watch.look(10, 7000)).toBe(true);
  expect(watch.look(11, 9000)).toBe(false);
});
