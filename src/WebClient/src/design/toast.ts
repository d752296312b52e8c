import { reactive } from 'vue';
import { asFailure } from '@/api/load';
import { explain } from '@/i18n/errors';

export interface Toast {
  id: number;
  text: string;
  kind: 'info' | 'error';
  /** A second thought: the word on the undo button and what it does. */
  action?: { text: string; run: () => void };
}

export const toasts = reactive<Toast[]>([]);
let nextId = 1;

export function toast(text: string, kind: Toast['kind'] = 'info', action?: Toast['action']): void {
  const id = nextId++;
  toasts.push({ id, text, kind, action });
  setTimeout(() => dismiss(id), kind === 'error' || action ? 7000 : 4000);
}

/** Says in plain words why something could not be done. */
export function toastFailure(reason: unknown): void {
  const failure = asFailure(reason);
  toast(explain(failure.code, failure.message), 'error');
}

export function dismiss(id: number): void {
  const at = toasts.findIndex((item) => item.id === id);
  if (at >= 0) toasts.splice(at, 1);
}
