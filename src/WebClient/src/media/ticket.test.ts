import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { MediaTicket } from './ticket';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it('asks for the next base before the old one expires', async () => {
  const renew = vi.fn(() => Promise.resolve({ mediaBase: '/media/two/', expiresInSeconds: 100 }));
  const ticket = new MediaTicket({ mediaBase: '/media/one/', expiresInSeconds: 100 }, renew);
  await vi.advanceTimersByTimeAsync(79_000);
  expect(ticket.current).toBe('/media/one/');
  await vi.advanceTimersByTimeAsync(2000);
  expect(ticket.current).toBe('/media/two/');
  expect(ticket.issued).toBe('/media/one/');
  await vi.advanceTimersByTimeAsync(80_000);
  expect(renew).toHaveBeenCalledTimes(2);
  ticket.stop();
});

it('asks again soon when the server did not answer', async () => {
  const renew = vi.fn().mockRejectedValueOnce(new Error('offline')).mockResolvedValue({ mediaBase: '/media/two/', expiresInSeconds: 100 });
  const ticket = new MediaTicket({ mediaBase: '/media/one/', expiresInSeconds: 100 }, renew);
  await vi.advanceTimersByTimeAsync(80_000);
  expect(ticket.current).toBe('/media/one/');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(ticket.current).toBe('/media/two/');
  ticket.stop();
});
