import { expect, it } from 'vitest';
import type { StationSelfTest } from '@/generated/contracts';
import { lineWords } from './lines';
import { lampsOf, selfTestLine, worstOf } from './selfTest';

const good: StationSelfTest = {
  seats: [{ seat: 'TeacherCloseUp', result: 'ok' }, { seat: 'Courseware', result: 'later' }],
  microphone: 'ok',
  link: { downKbps: 20_000, upKbps: 10_000, delayMs: 20, lossPercent: 0 },
};
const states = (test: StationSelfTest) => Object.values(lampsOf(test)!).map((lamp) => lamp.state);

it('says in one line whose picture is smaller or off, and why', () => {
  expect(lineWords(undefined)).toBeNull();
  expect(lineWords({ reason: null, isUp: false, isOverloaded: false, smaller: [], off: [] })).toBeNull();
  expect(lineWords({ reason: 'OwnLine', isUp: false, isOverloaded: false, smaller: ['StudentPanorama'], off: ['Board', 'TeacherPanorama'] })).toBe('网络慢，学生全景变小，板书、教师全景先不放');
  expect(lineWords({ reason: 'SchoolCeiling', isUp: true, isOverloaded: false, smaller: [], off: [] })).toBe('学校带宽用满，送出来的画面变小');
  expect(lineWords({ reason: null, isUp: true, isOverloaded: false, smaller: [], off: [] })).toBe('送出来的画面变小');
  expect(lineWords({ reason: null, isUp: true, isOverloaded: true, smaller: [], off: [] })).toBe('电脑忙，送出来的画面变小');
});

it('turns a self-test into lamps', () => {
  expect(states(good)).toEqual(['on', 'on', 'on']);
  expect(states({ ...good, seats: [{ seat: 'Board', result: 'still' }], microphone: 'silent' })).toEqual(['warn', 'warn', 'on']);
  expect(states({ seats: [{ seat: 'Board', result: 'missing' }], microphone: 'missing', link: null })).toEqual(['danger', 'danger', 'danger']);
  expect(states({ ...good, link: { ...good.link!, upKbps: 1_000 } })).toEqual(['on', 'on', 'warn']);
});

it('says when a room was tested and what was wrong', () => {
  const at = '2026-03-02T01:41:00Z';
  expect(worstOf(null)).toBe('off');
  expect(selfTestLine(null, 0)).toBe('还没有自检');
  expect(selfTestLine({ at, test: good }, Date.parse(at))).toMatch(/^\d\d:\d\d 一切正常$/);
  expect(selfTestLine({ at, test: { ...good, microphone: 'silent' } }, Date.parse(at))).toContain('麦克风没有声音');
});
