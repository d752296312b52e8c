import { expect, it } from 'vitest';
import { parseChapters } from './chapters';

it('reads times and titles of chapters', () => {
  const vtt = 'WEBVTT\n\n00:00:00.000 --> 00:00:12.500\n开始上课\n\n01:02:03.250 --> 01:10:00.000\n约分 &lt;1/2&gt; &amp; more\n';
  expect(parseChapters(vtt)).toEqual([
    { startMs: 0, title: '开始上课' },
    { startMs: 3_723_250, title: '约分 <1/2> & more' },
  ]);
});

it('leaves out what is no cue', () => {
  expect(parseChapters('WEBVTT\n\nNOTE nothing\n\nsoon --> later\nx\n')).toEqual([]);
});
