import { asFailure } from '@/api/load';
import { newKey } from '@/api/ids';
import { sleep } from '@/api/retry';
import type { StrokeInput } from '@/generated/contracts';
import { unsentPrefix } from './unsent';

export type InkOrder = { kind: 'draw'; strokes: StrokeInput[] } | { kind: 'erase'; ids: string[] } | { kind: 'restore'; ids: string[] } | { kind: 'clear'; surface: string };

interface Waiting {
  key: string;
  order: InkOrder;
}

interface Kept {
  name: string;
  savedAt: number;
  waiting: Waiting[];
}

export interface InkQueueOptions {
  lessonId: string;
  /** Whose ink it is: what a tablet kept for one child is not sent by the next. */
  name: string;
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;
  /** Resolves when the server has it; waits as long as there is no line. */
  send: (key: string, order: InkOrder) => Promise<unknown>;
  onRefused: (order: InkOrder, code: string) => void;
  onCount?: (waiting: number) => void;
}

/** Not now, but soon. */
const passing = new Set(['too_fast', 'busy', 'not_saved', 'waiting', 'not_joined', 'offline']);
/** The lesson is over for this page: what is kept stays kept, for the page after this one. */
const over = new Set(['ended', 'replaced', 'removed', 'cancelled', 'closed']);
const pauseMs = 1000;
const mostStrokes = 48;
const mostIds = 400;
const keptForMs = 2 * 24 * 3600_000;

/** Ink on its way: in order, kept over a lost line and a reload, sent until the server has it. It tells strokes by their ids, so nothing comes twice. */
export class InkQueue {
  private waiting: Waiting[] = [];
  private isSending = false;
  private readonly stopped = new AbortController();

  constructor(private readonly options: InkQueueOptions) {
    this.waiting = this.recall();
    this.forgetOld();
  }

  /** What an earlier page could not send, to be shown again. */
  get orders(): readonly InkOrder[] {
    return this.waiting.map((item) => item.order);
  }

  get strokeCount(): number {
    return this.waiting.reduce((sum, { order }) => sum + (order.kind === 'draw' ? order.strokes.length : 1), 0);
  }

  push(order: InkOrder): void {
    const last = this.waiting.at(-1);
    // What is on its way keeps its content; what only waits grows.
    const grown = last && (this.waiting.length > 1 || !this.isSending) ? join(last.order, order) : null;
    if (grown) last!.order = grown;
    else this.waiting.push({ key: newKey(), order });
    this.changed();
    void this.run();
  }

  start(): void {
    void this.run();
  }

  stop(): void {
    this.stopped.abort();
  }

  private async run(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    while (this.waiting.length > 0 && !this.stopped.signal.aborted) {
      const item = this.waiting[0]!;
      try {
        await this.options.send(item.key, item.order);
        this.waiting.shift();
        this.changed();
      } catch (error) {
        const { code } = asFailure(error);
        if (over.has(code)) break;
        if (passing.has(code)) await sleep(pauseMs, this.stopped.signal);
        else this.refuse(code);
      }
    }
    this.isSending = false;
  }

  /** One bad stroke must not take the good ones with it. */
  private refuse(code: string): void {
    const { order } = this.waiting.shift()!;
    if (order.kind === 'draw' && order.strokes.length > 1) {
      this.waiting.unshift(...order.strokes.map((stroke) => ({ key: newKey(), order: { kind: 'draw' as const, strokes: [stroke] } })));
    } else {
      this.options.onRefused(order, code);
    }
    this.changed();
  }

  private changed(): void {
    this.options.onCount?.(this.strokeCount);
    const { storage, lessonId, name } = this.options;
    try {
      if (this.waiting.length === 0) storage.removeItem(unsentPrefix + lessonId);
      else storage.setItem(unsentPrefix + lessonId, JSON.stringify({ name, savedAt: Date.now(), waiting: this.waiting } satisfies Kept));
    } catch {
      // Storage may be full or forbidden: the ink then lives as long as the page.
    }
  }

  private recall(): Waiting[] {
    const { storage, lessonId, name } = this.options;
    try {
      const kept = JSON.parse(storage.getItem(unsentPrefix + lessonId) ?? 'null') as Kept | null;
      return kept && kept.name === name ? kept.waiting : [];
    } catch {
      return [];
    }
  }

  /** Ink of lessons that are long over. */
  private forgetOld(): void {
    const { storage } = this.options;
    try {
      const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index)).filter((key) => key?.startsWith(unsentPrefix));
      for (const key of keys) {
        const kept = JSON.parse(storage.getItem(key!) ?? 'null') as Kept | null;
        if (!kept || Date.now() - kept.savedAt > keptForMs) storage.removeItem(key!);
      }
    } catch {
      // As above.
    }
  }
}

function join(before: InkOrder, next: InkOrder): InkOrder | null {
  if (before.kind === 'draw' && next.kind === 'draw' && before.strokes.length + next.strokes.length <= mostStrokes) return { kind: 'draw', strokes: [...before.strokes, ...next.strokes] };
  if (before.kind === 'erase' && next.kind === 'erase' && before.ids.length + next.ids.length <= mostIds) return { kind: 'erase', ids: [...before.ids, ...next.ids] };
  return null;
}
