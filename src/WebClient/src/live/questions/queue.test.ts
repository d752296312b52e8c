import { beforeEach, describe, expect, it } from 'vitest';
import { ApiFailure } from '@/api/http';
import { AnswerQueue, type AnswerStore, type PendingAnswer } from './queue';
import { answerValue } from './tally';

/** A server that a test answers for. */
class Line {
  readonly sent: PendingAnswer[] = [];
  private waiting: { resolve: () => void; reject: (error: unknown) => void }[] = [];

  send = (pending: PendingAnswer): Promise<void> => {
    this.sent.push(pending);
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  };

  async acknowledge(): Promise<void> {
    this.waiting.shift()!.resolve();
    await settled();
  }

  async refuse(code: string): Promise<void> {
    this.waiting.shift()!.reject(new ApiFailure(400, code, ''));
    await settled();
  }
}

class Memory implements AnswerStore {
  readonly kept = new Map<string, PendingAnswer>();
  load = async () => [...this.kept.values()];
  save = async (pending: PendingAnswer) => void this.kept.set(pending.questionId, pending);
  remove = async (questionId: string) => void this.kept.delete(questionId);
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const choice = (...choices: number[]) => answerValue({ choices });
let line: Line;
let store: Memory;
let queue: AnswerQueue;

beforeEach(() => {
  line = new Line();
  store = new Memory();
  queue = new AnswerQueue(line.send, store, () => Promise.resolve());
});

describe('answers on their way', () => {
  it('are kept until they are acknowledged', async () => {
    queue.answer('q', choice(1));
    expect([queue.states.get('q')?.status, store.kept.size]).toEqual(['waiting', 1]);
    await line.acknowledge();
    expect([queue.states.get('q')?.status, store.kept.size, queue.pending.size]).toEqual(['sent', 0, 0]);
  });

  it('never overtake each other: the newest goes out after the one before it', async () => {
    queue.answer('q', choice(0));
    queue.answer('q', choice(1));
    queue.answer('q', choice(2));
    expect(line.sent).toHaveLength(1);
    await line.acknowledge();
    expect(line.sent.map((pending) => pending.value?.choices)).toEqual([[0], [2]]);
    expect(queue.states.get('q')?.status).toBe('waiting');
    await line.acknowledge();
    expect(queue.states.get('q')?.status).toBe('sent');
  });

  it('go out again with the same key after a refusal that passes', async () => {
    queue.answer('q', choice(0));
    await line.refuse('offline');
    await line.refuse('too_fast');
    await line.acknowledge();
    expect(new Set(line.sent.map((pending) => pending.key)).size).toBe(1);
    expect(line.sent).toHaveLength(3);
  });

  it('say when they came too late, and are kept no longer', async () => {
    queue.answer('q', choice(0));
    await line.refuse('question_closed');
    expect([queue.states.get('q')?.status, store.kept.size]).toEqual(['late', 0]);
  });

  it('say why the server does not want them', async () => {
    queue.answerWithPhoto('q', new Blob(['x']));
    await line.refuse('too_large');
    expect(queue.states.get('q')).toEqual({ status: 'failed', code: 'too_large' });
  });

  it('go on after a reload with the key they had', async () => {
    queue.answer('q', choice(3));
    queue.stop();
    const reloaded = new AnswerQueue(line.send, store, () => Promise.resolve());
    await reloaded.restore();
    expect([reloaded.pending.get('q')?.value?.choices, line.sent[0]!.key]).toEqual([[3], line.sent[1]!.key]);
  });

  it('of different questions do not wait for each other', () => {
    queue.answer('q1', choice(0));
    queue.answer('q2', choice(0));
    expect(line.sent.map((pending) => pending.questionId)).toEqual(['q1', 'q2']);
  });
});
