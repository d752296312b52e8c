/** A value with its past and future. Changes that carry the same key in a row (a drag, typing in one field) are one step. */
export class History<T> {
  private past: T[] = [];
  private future: T[] = [];
  private lastKey: string | null = null;

  /** @param depth how many steps are kept; older ones fall off. */
  constructor(private value: T, private readonly depth = 500) {}

  get current(): T {
    return this.value;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  push(next: T, key: string | null = null): void {
    if (next === this.value) {
      return;
    }
    if (key === null || key !== this.lastKey) {
      this.past = [...this.past, this.value].slice(-this.depth);
    }
    this.future = [];
    this.value = next;
    this.lastKey = key;
  }

  /** Ends a run of changes that count as one: the pointer was lifted, the field was left. */
  seal(): void {
    this.lastKey = null;
  }

  undo(): T {
    const previous = this.past.at(-1);
    if (previous !== undefined) {
      this.past = this.past.slice(0, -1);
      this.future = [this.value, ...this.future];
      this.value = previous;
    }
    this.lastKey = null;
    return this.value;
  }

  redo(): T {
    const next = this.future[0];
    if (next !== undefined) {
      this.future = this.future.slice(1);
      this.past = [...this.past, this.value];
      this.value = next;
    }
    this.lastKey = null;
    return this.value;
  }

  /** Begins anew, for example with the version that someone else saved. */
  reset(value: T): void {
    this.value = value;
    this.past = [];
    this.future = [];
    this.lastKey = null;
  }
}
