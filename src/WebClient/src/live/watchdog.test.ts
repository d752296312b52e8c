import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Watchdog, type Handshake } from './watchdog';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function build() {
  const renew = vi.fn();
  const connection: Writable<Handshake> = { connectionState: 'new', iceConnectionState: 'new' };
  return { renew, connection, look: () => connection, watchdog: new Watchdog(renew, () => 1) };
}

describe('a media connection that does not come up', () => {
  it('is made anew after five seconds without any answer', async () => {
    const { renew, look, watchdog } = build();
    watchdog.watch(look);
    await vi.advanceTimersByTimeAsync(4999);
    expect(renew).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(renew).toHaveBeenCalledOnce();
  });

  it('has ten seconds while its keys are being agreed on', async () => {
    const { renew, connection, look, watchdog } = build();
    watchdog.watch(look);
    Object.assign(connection, { connectionState: 'connecting', iceConnectionState: 'connected' });
    await vi.advanceTimersByTimeAsync(9999);
    expect(renew).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(renew).toHaveBeenCalledOnce();
  });

  it('is left alone when it came up in between, also without telling', async () => {
    const { renew, connection, look, watchdog } = build();
    watchdog.watch(look);
    connection.connectionState = 'connected';
    await vi.advanceTimersByTimeAsync(60_000);
    expect(renew).not.toHaveBeenCalled();
  });

  it('gets more time with each attempt, and the first patience again once it was up', async () => {
    const { renew, look, watchdog } = build();
    const patience = async () => {
      const before = renew.mock.calls.length;
      watchdog.watch(look);
      let waited = 0;
      for (; renew.mock.calls.length === before; waited += 500) await vi.advanceTimersByTimeAsync(500);
      return waited;
    };
    expect([await patience(), await patience(), await patience()]).toEqual([5000, 10_000, 10_000]);
    watchdog.calm();
    expect(await patience()).toBe(5000);
  });

  it('heals by itself or is made anew one and a half seconds after it fell', async () => {
    const { renew, connection, look, watchdog } = build();
    connection.connectionState = 'disconnected';
    watchdog.fell(look);
    connection.connectionState = 'connected';
    await vi.advanceTimersByTimeAsync(1500);
    expect(renew).not.toHaveBeenCalled();
    connection.connectionState = 'failed';
    watchdog.fell(look);
    await vi.advanceTimersByTimeAsync(1500);
    expect(renew).toHaveBeenCalledOnce();
  });

  it('is forgotten when the page is left', async () => {
    const { renew, look, watchdog } = build();
    watchdog.watch(look);
    watchdog.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([renew.mock.calls.length, vi.getTimerCount()]).toEqual([0, 0]);
  });
});
