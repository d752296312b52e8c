import { expect, it } from 'vitest';
import { startOf } from './usePublicCourse';

it.each([['75', 75_000], ['0', 0], ['', undefined], ['-1', undefined], ['1e3', undefined], [['1', '2'], undefined], [null, undefined], ['99999999', undefined]])(
  '?t=%j begins at %s', (query, ms) => {
    expect(startOf(query)).toBe(ms);
  });
