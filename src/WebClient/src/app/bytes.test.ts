import { expect, it } from 'vitest';
import { formatBytes } from './bytes';

it.each([[0, '0 B'], [999, '999 B'], [1000, '1 kB'], [1_250_000, '1.3 MB'], [512_000_000, '512 MB'], [3_200_000_000, '3.2 GB'], [-2_000_000, '-2 MB']])('%d bytes are written as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
