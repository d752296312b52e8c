import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakePeer } from './fakePeer';
import { SubscribeConnection, type SubscribeServer } from './subscribe';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('RTCPeerConnection', FakePeer);
  FakePeer.made = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function connected() {
  let isOnline = true;
  const server = { isOnline: () => isOnline, subscribe: vi.fn(async () => undefined), answer: vi.fn(async () => undefined), restart: vi.fn(async () => undefined), revived: vi.fn() } satisfies SubscribeServer;
  const connection = new SubscribeConnection(server, []);
  connection.want(['a']);
  connection.onOffer(1, 'o=- 1\r\n', {});
  await vi.advanceTimersByTimeAsync(0);
  const pc = FakePeer.made[0]!;
  pc.become('connected');
  return { server, connection, pc, goOffline: () => (isOnline = false), goOnline: () => (isOnline = true) };
}

it('asks for fresh candidates as soon as the hub is back when the connection is down', async () => {
  const { server, connection, pc, goOffline, goOnline } = await connected();
  goOffline();
  pc.become('disconnected');
  pc.become('failed');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.restart).not.toHaveBeenCalled();
  goOnline();
  connection.resume([]);
  expect(server.restart).toHaveBeenCalledOnce();
});

it('asks for fresh candidates when its own addresses have changed, also of a connection that is up', async () => {
  const { server, connection } = await connected();
  connection.refresh();
  expect(server.restart).toHaveBeenCalledOnce();
});

it('leaves a connection alone that found the line before the hub did, and tells the hub of it', async () => {
  const { server, connection, pc, goOffline, goOnline } = await connected();
  goOffline();
  pc.become('disconnected');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(pc.addIceCandidate).toHaveBeenCalled();
  pc.become('connected');
  expect(server.revived).toHaveBeenCalledOnce();
  goOnline();
  connection.resume([]);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(server.restart).not.toHaveBeenCalled();
  expect(FakePeer.made.length).toBe(1);
});
