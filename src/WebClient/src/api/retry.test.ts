import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ServerWatch, type Readiness } from './ready';
import { pauseBefore, sleep } from './retry';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const pace = { firstMs: 250, mostMs: 4000 };
const never = () => new AbortController().signal;

it('doubles the pause up to the longest, and half of each is chance', () => {
  const longest = [0, 1, 2, 3, 4, 5, 99].map((attempt) => pauseBefore(attempt, pace, () => 1));
  const shortest = [0, 1, 2, 3, 4, 5, 99].map((attempt) => pauseBefore(attempt, pace, () => 0));
  expect(longest).toEqual([250, 500, 1000, 2000, 4000, 4000, 4000]);
  expect(shortest).toEqual(longest.map((pause) => pause / 2));
});

it('sleeps no longer than there is a reason to', async () => {
  const hurry = new AbortController();
  let isAwake = false;
  void sleep(60_000, hurry.signal).then(() => (isAwake = true));
  await vi.advanceTimersByTimeAsync(10);
  expect(isAwake).toBe(false);
  hurry.abort();
  await vi.advanceTimersByTimeAsync(0);
  expect([isAwake, vi.getTimerCount()]).toEqual([true, 0]);
});

it('asks a ready server once', async () => {
  const probe = vi.fn(async () => 'ready' as const);
  await new ServerWatch(probe).ready(never());
  expect(probe).toHaveBeenCalledOnce();
});

it('asks two to four times a second during a restart, and less often after minutes', async () => {
  const probe = vi.fn(async () => 'busy' as const);
  const watch = new ServerWatch(probe);
  const perSecond = async () => {
    const before = probe.mock.calls.length;
    const from = Date.now();
    void watch.ready(never());
    await vi.runAllTimersAsync();
    return (1000 * (probe.mock.calls.length - before)) / (Date.now() - from);
  };
  const first = await perSecond();
  for (let minutes = 0; minutes < 30; minutes++) await perSecond();
  const later = await perSecond();
  expect(first).toBeGreaterThanOrEqual(2);
  expect(first).toBeLessThanOrEqual(4);
  expect(later).toBeLessThanOrEqual(1);
});

it('never gives up on a server that says nothing, and hears of a line that is back within a second', async () => {
  const back = 60_000;
  const start = Date.now();
  // What was asked while the line was down is lost for good.
  const probe = vi.fn(() => (Date.now() - start < back ? new Promise<Readiness>((resolve) => setTimeout(() => resolve('silent'), 5000)) : Promise.resolve<Readiness>('ready')));
  let heard = 0;
  void new ServerWatch(probe).ready(never()).then(() => (heard = Date.now() - start));
  await vi.advanceTimersByTimeAsync(back - 1);
  expect(heard).toBe(0);
  await vi.advanceTimersByTimeAsync(1000);
  expect(heard).toBeGreaterThanOrEqual(back);
});

it('has at most four questions open and takes the first answer, also a late one', async () => {
  const answers: ((answer: Readiness) => void)[] = [];
  let isThere = false;
  void new ServerWatch(() => new Promise((resolve) => answers.push(resolve))).ready(never()).then(() => (isThere = true));
  await vi.advanceTimersByTimeAsync(20_000);
  expect(answers.length).toBe(4);
  answers[0]!('ready');
  await vi.advanceTimersByTimeAsync(0);
  expect(isThere).toBe(true);
});
