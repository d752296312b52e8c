import { expect, it } from 'vitest';
import { formatDuration, formatTimecode, parseTimecode } from './duration';
import { mediaAddress, rebase } from './address';

it.each([[0, '0:00'], [754000, '12:34'], [3723000, '1:02:03'], [-5, '0:00'], [59999, '0:59']])('%i ms reads as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

it('writes hundredths into timecodes', () => {
  expect(formatTimecode(754250)).toBe('12:34.25');
});

it.each([['12:34', 754000], ['1:02:03.5', 3723500], ['7', 7000], [' 0:07.25 ', 7250], ['abc', null], ['', null], ['1:2:3:4', null]])(
  '%s is read as %s', (text, ms) => {
    expect(parseTimecode(text)).toBe(ms);
  });

it('joins names to the signed base only when they are relative', () => {
  expect(mediaAddress('/media/t', 'a/b.m3u8')).toBe('/media/t/a/b.m3u8');
  expect(mediaAddress('/media/t/', 'a.mp4')).toBe('/media/t/a.mp4');
  expect(mediaAddress('/media/t/', '/media/t/a.mp4')).toBe('/media/t/a.mp4');
  expect(mediaAddress('/media/t/', 'https://x/a.mp4')).toBe('https://x/a.mp4');
});

it('moves addresses to a renewed base', () => {
  expect(rebase('https://h/media/old/a/1.m4s', '/media/old/', '/media/new/')).toBe('https://h/media/new/a/1.m4s');
  expect(rebase('https://h/other', '/media/old/', '/media/new/')).toBe('https://h/other');
});
