import { describe, expect, it } from 'vitest';
import type { RecordingTrackInfo } from '../generated/contracts';
import { landmarks, lanesOf, namesOf } from './lanes';
import { firstPictureMs, isGapAt, seatsOf, trackAt } from './seats';

function track(id: string, seatRef: string, startMs: number, durationMs: number, schoolName = '星海'): RecordingTrackInfo {
  const [classroomId, group] = seatRef.split('/') as [string, string];
  return {
    id, seatRef, participantId: `p-${classroomId}`, classroomId, schoolName, group, videoCodec: 'h264', hasAudio: true,
    width: 1280, height: 720, startMs, durationMs, playlistUrl: 'index.m3u8', fileUrl: null, peaksUrl: null, stripUrl: null,
  };
}

const tracks = [
  track('t3', 'b/TeacherCloseUp', 0, 60_000, '松桃'),
  track('t2', 'a/TeacherCloseUp', 30_000, 30_000),
  track('t1', 'a/TeacherCloseUp', 0, 20_000),
  track('t4', 'a/StudentPanorama', 0, 60_000),
];

describe('seats', () => {
  it('puts the tracks of an interrupted seat together, pictures to look at first', () => {
    const seats = seatsOf(tracks);
    expect(seats.map((seat) => seat.ref)).toEqual(['b/TeacherCloseUp', 'a/TeacherCloseUp', 'a/StudentPanorama']);
    expect(seats[1]?.tracks.map(({ id }) => id)).toEqual(['t1', 't2']);
  });

  it("shows the host's school first", () => {
    expect(seatsOf(tracks, new Map(), ['星海', '松桃'])[0]?.ref).toBe('a/TeacherCloseUp');
  });

  it('begins where the first picture is, when a class was live before its cameras', () => {
    const late = tracks.map((item) => ({ ...item, startMs: item.startMs + 5000 }));
    const soundOnly = { ...tracks[0]!, videoCodec: null };
    expect(firstPictureMs([soundOnly, ...late])).toBe(5000);
    expect(firstPictureMs(tracks)).toBe(0);
    expect(firstPictureMs([soundOnly])).toBe(0);
  });

  it('knows which track holds a time, and that a gap holds none', () => {
    const seat = seatsOf(tracks)[1]!;
    expect(trackAt(seat, 10_000)?.id).toBe('t1');
    expect(trackAt(seat, 25_000)).toBeNull();
    expect(trackAt(seat, 30_000)?.id).toBe('t2');
  });
});

describe('lanes', () => {
  const event = (at: number, kind: string, body: unknown) => ({ at, who: 'x', kind, bodyJson: JSON.stringify(body) });
  const events = [
    event(-5000, 'join', { participantId: 's1', name: '小明', role: 'Student' }),
    event(-1000, 'stage', { participantId: 'p-a', group: 'TeacherCloseUp' }),
    event(9000, 'hand', { participantId: 's1', up: true }),
    event(9500, 'hand', { participantId: 's1', up: false }),
    event(12_000, 'stage', { participantId: 'p-b', group: 'TeacherCloseUp' }),
    event(20_000, 'mark', { label: '分数的意义' }),
    event(25_000, 'stage', { participantId: null }),
    event(26_000, 'chat', { participantId: 's1', name: '小明', text: '懂了' }),
    { at: 27_000, who: 'x', kind: 'mark', bodyJson: '{broken' },
  ];
  const lanes = lanesOf(events, [{ trackId: null, fromMs: 20_000, toMs: 30_000, reason: 'paused: 家长来访' }], tracks, 60_000);

  it('turns stage changes into spans of seats', () => {
    expect(lanes.stage).toEqual([
      { fromMs: 0, toMs: 12_000, label: '星海', ref: 'a/TeacherCloseUp' },
      { fromMs: 12_000, toMs: 25_000, label: '松桃', ref: 'b/TeacherCloseUp' },
    ]);
  });

  it('shows raised hands by name, chat, marks and gaps', () => {
    expect(lanes.hands).toEqual([{ atMs: 9000, label: '小明', kind: 'hand' }]);
    expect(lanes.chat[0]?.label).toBe('小明 懂了');
    expect(lanes.marks.map(({ label }) => label)).toEqual(['分数的意义', '']);
    expect(lanes.gaps).toEqual([{ fromMs: 20_000, toMs: 30_000, label: 'paused: 家长来访', ref: 'paused' }]);
  });

  it('offers marks and stage changes as landmarks', () => {
    expect(landmarks(lanes)).toEqual([0, 12_000, 20_000, 27_000]);
  });
});

it('names the sender of a picture from outside a classroom, in seats and on the stage lane', () => {
  const own = { ...tracks[0]!, seatRef: 'p9/camera', participantId: 'p9', classroomId: null, schoolName: '', group: 'camera' };
  const joined = { at: 0, who: 'x', kind: 'join', bodyJson: JSON.stringify({ participantId: 'p9', name: '王子涵' }) };
  const staged = { at: 1000, who: 'x', kind: 'stage', bodyJson: JSON.stringify({ participantId: 'p9', group: 'camera' }) };
  expect(seatsOf([own], namesOf([joined]))[0]?.owner).toBe('王子涵');
  expect(lanesOf([joined, staged], [], [own], 60_000).stage[0]?.label).toBe('王子涵');
});

it('does not speak of a gap while cameras start', () => {
  const seat = seatsOf([{ ...tracks[0]!, startMs: 800, durationMs: 10_000 }])[0]!;
  expect(isGapAt(seat, 0)).toBe(false);
  expect(isGapAt(seat, 20_000)).toBe(true);
});
