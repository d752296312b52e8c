import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { ApiFailure } from './http';

export interface Loaded<T> {
  data: ShallowRef<T | null>;
  error: ShallowRef<ApiFailure | null>;
  isLoading: Ref<boolean>;
  /** Loads again; what was shown stays until the new answer is there. */
  reload: () => Promise<void>;
}

/** Data of a page with its loading and error states; an answer that comes after a newer request is dropped. */
export function useLoad<T>(load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const data = shallowRef<T | null>(null);
  const error = shallowRef<ApiFailure | null>(null);
  const isLoading = ref(false);
  let running: AbortController | null = null;

  async function reload(): Promise<void> {
    running?.abort();
    const mine = (running = new AbortController());
    isLoading.value = true;
    try {
      data.value = await load(mine.signal);
      error.value = null;
    } catch (reason) {
      if (mine.signal.aborted) return;
      error.value = asFailure(reason);
    } finally {
      if (running === mine) isLoading.value = false;
    }
  }

  onScopeDispose(() => running?.abort());
  void reload();
  return { data, error, isLoading, reload };
}

export function asFailure(reason: unknown): ApiFailure {
  return reason instanceof ApiFailure ? reason : new ApiFailure(0, 'unknown', reason instanceof Error ? reason.message : String(reason));
}
