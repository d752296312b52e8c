import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { candidatesOf, Revival, type Revivable } from './revival';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const sdp = [
  'v=0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'a=mid:0',
  'a=candidate:1 1 udp 2130706431 192.0.2.1 5004 typ host',
  'a=candidate:before 1 udp 2130706431 192.0.2.1 5004 typ host',
  'a=candidate:2 1 tcp 1694498815 192.0.2.1 5004 typ host tcptype passive',
  'm=video 9 UDP/TLS/RTP/SAVPF 96',
  'a=mid:1',
  'a=candidate:1 1 udp 2130706431 192.0.2.1 5004 typ host',
  '',
].join('\r\n');

function build() {
  const told: (string | undefined)[] = [];
  const connection: Revivable = { connectionState: 'disconnected', currentRemoteDescription: { sdp }, addIceCandidate: async ({ candidate }) => void told.push(candidate) };
  const revived = vi.fn();
  return { told, connection, revived, revival: new Revival(revived) };
}

it('names each address of the server once, as one that the browser has not heard of', () => {
  expect(candidatesOf(sdp, 'x')).toEqual([
    { candidate: 'candidate:x 1 udp 2130706431 192.0.2.1 5004 typ host', sdpMid: '0' },
    { candidate: 'candidate:x 1 tcp 1694498815 192.0.2.1 5004 typ host tcptype passive', sdpMid: '0' },
  ]);
});

it('tells the addresses anew every second until the connection is up, and then says so', async () => {
  const { told, connection, revived, revival } = build();
  revival.seek(() => connection);
  await vi.advanceTimersByTimeAsync(5000);
  expect([told.length, new Set(told).size, revived.mock.calls.length]).toEqual([10, 10, 0]);
  revival.found();
  await vi.advanceTimersByTimeAsync(5000);
  expect([told.length, revived.mock.calls.length]).toEqual([10, 1]);
});

it('says nothing of a connection that was never down', () => {
  const { revived, revival } = build();
  revival.found();
  expect(revived).not.toHaveBeenCalled();
});

it('ends when the server has forgotten the connection', async () => {
  const { told, connection, revival } = build();
  revival.seek(() => connection);
  await vi.advanceTimersByTimeAsync(130_000);
  const before = told.length;
  await vi.advanceTimersByTimeAsync(600_000);
  expect(told.length).toBe(before);
});
