import { afterEach, describe, expect, it } from 'vitest';
import type { RecordingTrackInfo } from '../generated/contracts';
import { locale } from '../i18n';
import { seatsOf } from './seats';
import { seatTitle } from './seatTitle';

const camera: RecordingTrackInfo = {
  id: 't1', seatRef: 'a/StudentPanorama', participantId: 'p-a', classroomId: 'a', schoolName: '星海', group: 'StudentPanorama', videoCodec: 'H264', hasAudio: true,
  width: 1280, height: 720, startMs: 0, durationMs: 60_000, playlistUrl: 'seat.m3u8', fileUrl: null, peaksUrl: null, stripUrl: null,
};
const board: RecordingTrackInfo = { ...camera, id: 't2', seatRef: 'board/Surface', participantId: 'board', classroomId: null, schoolName: '', group: 'Surface', hasAudio: false, startMs: 4000 };
const teacher: RecordingTrackInfo = { ...camera, id: 't3', seatRef: 'a/TeacherCloseUp', group: 'TeacherCloseUp' };

describe('the seat of slides and ink', () => {
  afterEach(() => {
    locale.value = 'zh';
  });

  it('is named by what it is, without a school or a person', () => {
    const [seat] = seatsOf([board]);
    expect(seatTitle(seat!)).toBe('课件与板书');
    locale.value = 'en';
    expect(seatTitle(seat!)).toBe('Slides and board');
  });

  it('comes after the teacher and before the class, with a picture and no sound', () => {
    const seats = seatsOf([camera, board, teacher], new Map(), ['星海']);
    expect(seats.map((seat) => [seat.ref, seat.hasVideo, seat.hasAudio])).toEqual([
      ['a/TeacherCloseUp', true, true],
      ['board/Surface', true, false],
      ['a/StudentPanorama', true, true],
    ]);
  });
});
