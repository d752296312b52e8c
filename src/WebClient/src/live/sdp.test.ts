import { expect, it } from 'vitest';
import { difference } from './link';
import { healthOf } from './health';
import { orderCodecs, sessionOf, withSoundRepeats } from './sdp';

const h264 = (profile: string, mode: number) => ({ mimeType: 'video/H264', sdpFmtpLine: `level-asymmetry-allowed=1;packetization-mode=${mode};profile-level-id=${profile}` });
const vp8 = { mimeType: 'video/VP8' };
const vp9 = { mimeType: 'video/VP9', sdpFmtpLine: 'profile-id=0' };
const rtx = { mimeType: 'video/rtx' };
const offered = [vp8, rtx, vp9, h264('42001f', 1), h264('42001f', 0), h264('42e01f', 1), h264('640c1f', 1)];

it('puts constrained baseline first in an H.264 lesson, VP8 as the way out, and leaves the rest out', () => {
  expect(orderCodecs(offered, 'H264')).toEqual([h264('42e01f', 1), h264('42001f', 1), vp8, rtx]);
});

it('puts VP8 first in a VP8 lesson', () => {
  expect(orderCodecs(offered, 'Vp8')[0]).toEqual(vp8);
});

it('offers VP8 alone where a browser has no H.264', () => {
  expect(orderCodecs([vp8, vp9, rtx], 'H264')).toEqual([vp8, rtx]);
});

it('knows another server session by its origin or its certificate', () => {
  const sdp = 'v=0\r\no=- 42 2 IN IP4 0.0.0.0\r\na=fingerprint:sha-256 aa:BB\r\n';
  expect(sessionOf(sdp)).toBe(sessionOf(sdp.replace('42 2', '42 3').replace('aa', 'AA')));
  expect(sessionOf(sdp)).not.toBe(sessionOf(sdp.replace('42', '43')));
  expect(sessionOf(sdp)).not.toBe(sessionOf(sdp.replace('BB', 'CC')));
});

it('measures the link over the time between two readings', () => {
  const before = { at: 0, received: 900, lost: 0, bytesDown: 0, bytesUp: 0, isOverloaded: false };
  const now = { at: 2000, received: 1790, lost: 10, bytesDown: 250_000, bytesUp: 25_000, isOverloaded: true };
  expect(difference(before, now, 12.34)).toEqual({ lossPercent: 1.1, roundTripMs: 12.3, downKbps: 1000, upKbps: 100, isOverloaded: true });
});

it('starts again when a new connection counts from zero', () => {
  const before = { at: 0, received: 900, lost: 5, bytesDown: 9000, bytesUp: 900, isOverloaded: false };
  expect(difference(before, { ...before, at: 1000, received: 3 }, 0)).toMatchObject({ lossPercent: 0, downKbps: 0 });
});

it.each([
  [[], [], 'off'],
  [[{ isPresent: false, isAway: false }], [], 'off'],
  [[{ isPresent: true, isAway: true }], [25], 'lost'],
  [[{ isPresent: true, isAway: false }], [], 'waiting'],
  [[{ isPresent: true, isAway: false }], [25, 3], 'weak'],
  [[{ isPresent: true, isAway: false }], [25, null], 'good'],
] as const)('calls stations %j with frame rates %j %s', (stations, rates, state) => {
  expect(healthOf([...stations], [...rates]).state).toBe(state);
});

it('asks once for lost sound to be sent again, after the format that it is about', () => {
  const offer = 'm=audio 9 UDP/TLS/RTP/SAVPF 111 0\r\na=rtpmap:111 opus/48000/2\r\na=rtcp-fb:111 transport-cc\r\na=rtpmap:0 PCMU/8000\r\n';
  const asked = withSoundRepeats(offer);
  expect(asked).toBe(offer.replace('opus/48000/2\r\n', 'opus/48000/2\r\na=rtcp-fb:111 nack\r\n'));
  expect(withSoundRepeats(asked)).toBe(asked);
});

it('asks for nothing where there is no sound', () => {
  const offer = 'm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 VP8/90000\r\n';
  expect(withSoundRepeats(offer)).toBe(offer);
});
