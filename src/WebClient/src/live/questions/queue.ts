import { reactive } from 'vue';
import { ApiFailure } from '@/api/http';
import { newKey } from '@/api/ids';
import { sleep } from '@/api/retry';
import type { AnswerValue } from '@/generated/contracts';

/** An answer that the server has not acknowledged yet. */
export interface PendingAnswer {
  questionId: string;
  /** The same for every try, so that the server takes it once. */
  key: string;
  value: AnswerValue | null;
  photo: Blob | null;
}

/** Keeps unsent answers over a reload of the page. */
export interface AnswerStore {
  load(): Promise<PendingAnswer[]>;
  save(pending: PendingAnswer): Promise<void>;
  remove(questionId: string): Promise<void>;
}

/** late: it came after the question was closed. failed: the server does not want it. */
export type SendState = { status: 'waiting' | 'sent' | 'late'; code: null } | { status: 'failed'; code: string };

/** Refusals that pass by themselves. */
const passing = new Set(['offline', 'too_fast', 'busy', 'not_saved', 'not_joined', 'waiting', 'too_many', 'unknown_participant']);
const late = new Set(['question_closed', 'question_not_found']);
const pauseMs = 1500;

/**
 * The answers of a tablet on their way: kept until they are acknowledged, one at a time for each question, the newest wins.
 * A change of mind never overtakes what was sent before it.
 */
export class AnswerQueue {
  /** By question id. */
  readonly states = reactive(new Map<string, SendState>());
  /** What waits, by question id; the pages show it as the answer. */
  readonly pending = reactive(new Map<string, PendingAnswer>());

  private readonly running = new Set<string>();
  private readonly stopped = new AbortController();

  constructor(
    private readonly send: (pending: PendingAnswer) => Promise<unknown>,
    private readonly store: AnswerStore,
    private readonly pause: (hurry: AbortSignal) => Promise<void> = (hurry) => sleep(pauseMs, hurry),
  ) {}

  /** Goes on with what a page before this one could not send. */
  async restore(): Promise<void> {
    for (const pending of await this.store.load().catch(() => [])) {
      if (!this.pending.has(pending.questionId)) this.put(pending);
    }
  }

  answer(questionId: string, value: AnswerValue): void {
    this.keep({ questionId, key: newKey(), value, photo: null });
  }

  answerWithPhoto(questionId: string, photo: Blob): void {
    this.keep({ questionId, key: newKey(), value: null, photo });
  }

  stop(): void {
    this.stopped.abort();
  }

  private keep(pending: PendingAnswer): void {
    // Storage may be forbidden or full; then a reload forgets what was not sent.
    void this.store.save(pending).catch(() => undefined);
    this.put(pending);
  }

  private put(pending: PendingAnswer): void {
    this.pending.set(pending.questionId, pending);
    this.states.set(pending.questionId, { status: 'waiting', code: null });
    void this.run(pending.questionId);
  }

  private async run(questionId: string): Promise<void> {
    if (this.running.has(questionId)) return;
    this.running.add(questionId);
    try {
      for (let next = this.pending.get(questionId); next && !this.stopped.signal.aborted; next = this.pending.get(questionId)) {
        const result = await this.try(next);
        if (result && this.pending.get(questionId)?.key === next.key) this.settle(questionId, result);
      }
    } finally {
      this.running.delete(questionId);
    }
  }

  /** Null: try again. */
  private async try(pending: PendingAnswer): Promise<SendState | null> {
    try {
      await this.send(pending);
      return { status: 'sent', code: null };
    } catch (error) {
      const code = error instanceof ApiFailure ? error.code : 'unknown';
      if (late.has(code)) return { status: 'late', code: null };
      if (!passing.has(code)) return { status: 'failed', code };
      await this.pause(this.stopped.signal);
      return null;
    }
  }

  private settle(questionId: string, state: SendState): void {
    this.pending.delete(questionId);
    this.states.set(questionId, state);
    void this.store.remove(questionId).catch(() => undefined);
  }
}
