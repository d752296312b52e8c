import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiFailure } from '@/api/http';
import { InkQueue, type InkOrder } from './queue';
import { hasUnsent } from './unsent';

class Drawer {
  readonly kept = new Map<string, string>();
  get length(): number {
    return this.kept.size;
  }
  key = (index: number) => [...this.kept.keys()][index] ?? null;
  getItem = (key: string) => this.kept.get(key) ?? null;
  setItem = (key: string, value: string) => void this.kept.set(key, value);
  removeItem = (key: string) => void this.kept.delete(key);
}

const draw = (...ids: string[]): InkOrder => ({ kind: 'draw', strokes: ids.map((id) => ({ id, surface: 'board/1', tool: 'pen', color: 'ink', width: 3, points: 'AA', isPrivate: false })) });
const idsOf = (order: InkOrder) => (order.kind === 'draw' ? order.strokes.map((stroke) => stroke.id) : [order.kind]);
const settle = () => vi.advanceTimersByTimeAsync(0);

function queueOf(storage: Drawer, answer: (order: InkOrder) => Promise<unknown>, name = 'Student/小明') {
  const sent: { key: string; ids: string[] }[] = [];
  const refused: string[] = [];
  const queue = new InkQueue({
    lessonId: 'demo',
    name,
    storage,
    send: (key, order) => {
      sent.push({ key, ids: idsOf(order) });
      return answer(order);
    },
    onRefused: (order, code) => refused.push(`${idsOf(order).join()}: ${code}`),
  });
  return { queue, sent, refused };
}

const never = () => new Promise<never>(() => undefined);
const refuse = (code: string) => Promise.reject(new ApiFailure(400, code, ''));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('ink on its way', () => {
  it('goes out in order, what waits behind the first together', async () => {
    const { queue, sent } = queueOf(new Drawer(), () => new Promise((resolve) => setTimeout(resolve, 100)));
    queue.push(draw('a'));
    queue.push(draw('b'));
    queue.push(draw('c'));
    queue.push({ kind: 'erase', ids: ['a'] });
    queue.push(draw('d'));
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent.map((item) => item.ids)).toEqual([['a'], ['b', 'c'], ['erase'], ['d']]);
    expect(new Set(sent.map((item) => item.key)).size).toBe(4);
    expect(queue.strokeCount).toBe(0);
  });

  it('is kept over a reload and sent by the same keys, but not by another child', async () => {
    const storage = new Drawer();
    const first = queueOf(storage, never);
    first.queue.push(draw('a'));
    first.queue.push(draw('b'));
    expect(hasUnsent('demo', storage)).toBe(true);
    expect(queueOf(storage, never, 'Student/小红').queue.strokeCount).toBe(0);

    const second = queueOf(storage, async () => undefined);
    expect(second.queue.orders.flatMap(idsOf)).toEqual(['a', 'b']);
    second.queue.start();
    await settle();
    expect(second.sent.map((item) => item.ids)).toEqual([['a'], ['b']]);
    expect(second.sent[0]!.key).toBe(first.sent[0]!.key);
    expect(hasUnsent('demo', storage)).toBe(false);
  });

  it('waits a little when the server is busy, and then tries the same again', async () => {
    let tries = 0;
    const { queue, sent, refused } = queueOf(new Drawer(), () => (++tries < 3 ? refuse('too_fast') : Promise.resolve()));
    queue.push(draw('a'));
    await vi.advanceTimersByTimeAsync(5000);
    expect([sent.length, new Set(sent.map((item) => item.key)).size, refused, queue.strokeCount]).toEqual([3, 1, [], 0]);
  });

  it('loses only the stroke that is refused', async () => {
    const { queue, refused, sent } = queueOf(new Drawer(), (order) => (idsOf(order).includes('bad') ? refuse('bad_request') : new Promise((resolve) => setTimeout(resolve, 10))));
    for (const id of ['a', 'b', 'bad', 'c']) queue.push(draw(id));
    await vi.advanceTimersByTimeAsync(1000);
    expect(refused).toEqual(['bad: bad_request']);
    expect(sent.map((item) => item.ids)).toEqual([['a'], ['b', 'bad', 'c'], ['b'], ['bad'], ['c']]);
  });

  it('stays kept when the page is put out of the lesson', async () => {
    const storage = new Drawer();
    const { queue } = queueOf(storage, () => refuse('replaced'));
    queue.push(draw('a'));
    await settle();
    expect(hasUnsent('demo', storage)).toBe(true);
  });

  it('lives without storage', async () => {
    const broken = { length: 0, key: () => null, getItem: () => { throw new Error('forbidden'); }, setItem: () => { throw new Error('full'); }, removeItem: () => { throw new Error('forbidden'); } };
    const { queue, sent } = queueOf(broken as unknown as Drawer, async () => undefined);
    queue.push(draw('a'));
    await settle();
    expect(sent).toHaveLength(1);
  });

  it('of lessons long ago is forgotten', () => {
    const storage = new Drawer();
    storage.setItem('classroom.ink.old', JSON.stringify({ name: 'x', savedAt: Date.now() - 3 * 24 * 3600_000, waiting: [] }));
    storage.setItem('classroom.ink.new', JSON.stringify({ name: 'x', savedAt: Date.now(), waiting: [] }));
    queueOf(storage, never);
    expect([...storage.kept.keys()]).toEqual(['classroom.ink.new']);
  });
});
