/** What the page says about the draft. */
export type SaveState = 'saved' | 'dirty' | 'saving' | 'conflict' | 'refused' | 'failed';

export interface AutosaveOptions<T> {
  /** Stores a value; answers false when someone else saved in between. */
  save(value: T): Promise<boolean>;
  /** Whether a failure will be the same at every try: then it waits for the next change. */
  isRefusal?(reason: unknown): boolean;
  /** Called at every change of state. */
  onState(state: SaveState): void;
  /** Quiet time before a save begins, in milliseconds; default 800. */
  delayMs?: number;
  /** Wait before a failed save is tried again, in milliseconds; default 5000. */
  retryMs?: number;
}

const stuck: SaveState[] = ['conflict', 'refused', 'failed'];

/** Saves the latest value when the hands rest. One save at a time; after a conflict nothing is saved until {@link resume}. */
export class Autosave<T> {
  private pending: { value: T } | null = null;
  private running: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private state: SaveState = 'saved';

  constructor(private readonly options: AutosaveOptions<T>) {}

  change(value: T): void {
    this.pending = { value };
    if (this.state === 'conflict') {
      return;
    }
    this.show('dirty');
    this.later(this.options.delayMs ?? 800);
  }

  /** Saves at once what is not saved yet; answers whether everything is stored. */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    while (this.running || (this.pending && !stuck.includes(this.state))) {
      this.running ??= this.run();
      await this.running;
    }
    return this.state === 'saved';
  }

  /** Goes on after a conflict was settled, or after a failure by hand. */
  resume(value: T): Promise<boolean> {
    this.state = 'dirty';
    this.change(value);
    return this.flush();
  }

  /** Forgets what is not saved: the other version was taken over. */
  discard(): void {
    clearTimeout(this.timer);
    this.pending = null;
    this.show('saved');
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.running ??= this.run();
    }, ms);
  }

  private async run(): Promise<void> {
    const job = this.pending;
    this.pending = null;
    if (job) {
      this.show('saving');
      await this.attempt(job);
    }
    this.running = null;
  }

  private async attempt(job: { value: T }): Promise<void> {
    try {
      const stored = await this.options.save(job.value);
      if (!stored) {
        this.pending ??= job;
        this.show('conflict');
      } else {
        this.show(this.pending ? 'dirty' : 'saved');
      }
    } catch (reason) {
      this.pending ??= job;
      if (this.options.isRefusal?.(reason)) {
        this.show('refused');
        return;
      }
      this.show('failed');
      this.later(this.options.retryMs ?? 5000);
    }
  }

  private show(state: SaveState): void {
    if (state !== this.state) {
      this.state = state;
      this.options.onState(state);
    }
  }
}
