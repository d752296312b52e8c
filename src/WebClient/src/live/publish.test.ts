import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakePeer } from './fakePeer';
import { PublishConnection, type PublishServer } from './publish';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('RTCPeerConnection', FakePeer);
  vi.stubGlobal('MediaStream', class {});
  FakePeer.made = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function connected(isReachable: boolean) {
  const server = {
    isOnline: () => true,
    isReachable: async () => isReachable,
    publish: vi.fn(async () => ({ sdp: 'o=- 7\r\n' })),
    unpublish: async () => undefined,
    revived: vi.fn(),
  } satisfies PublishServer;
  const connection = new PublishConnection(server, 'Vp8', []);
  await connection.set('camera', { audio: {} as MediaStreamTrack });
  const pc = FakePeer.made[0]!;
  pc.become('connected');
  pc.createOffer.mockClear();
  return { server, connection, pc };
}

it('takes new names when only the path is down, and none when the server would not hear of them', async () => {
  for (const isReachable of [true, false]) {
    const { pc } = await connected(isReachable);
    pc.become('disconnected');
    await vi.advanceTimersByTimeAsync(0);
    expect(pc.createOffer.mock.calls).toEqual(isReachable ? [[{ iceRestart: true }]] : []);
    FakePeer.made = [];
  }
});

it('takes new names when its own addresses have changed, but not on a line that is down', async () => {
  for (const isReachable of [true, false]) {
    const { connection, pc } = await connected(isReachable);
    connection.refresh();
    await vi.advanceTimersByTimeAsync(0);
    expect(pc.createOffer.mock.calls).toEqual(isReachable ? [[{ iceRestart: true }]] : []);
    FakePeer.made = [];
  }
});

it('goes on as it is after the hub came back when it found the line by itself', async () => {
  const { server, connection, pc } = await connected(false);
  pc.become('disconnected');
  pc.become('connected');
  expect(server.revived).toHaveBeenCalledOnce();
  connection.resume([], true);
  await vi.advanceTimersByTimeAsync(0);
  expect(pc.createOffer).toHaveBeenCalledExactlyOnceWith({ iceRestart: false });
  expect(FakePeer.made.length).toBe(1);
});

it('takes new names after the hub came back when it is down', async () => {
  const { connection, pc } = await connected(false);
  pc.become('disconnected');
  pc.become('failed');
  connection.resume([], true);
  await vi.advanceTimersByTimeAsync(0);
  expect(pc.createOffer).toHaveBeenCalledExactlyOnceWith({ iceRestart: true });
});
