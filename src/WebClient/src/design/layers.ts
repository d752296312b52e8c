import { shallowReactive } from 'vue';

/** Open modal dialogs, the topmost last. Everything outside the topmost is covered and inert, so what must stay usable moves into it. */
export const dialogs = shallowReactive<HTMLElement[]>([]);

/** Puts a dialog on top until the returned function is called. */
export function openLayer(dialog: HTMLElement): () => void {
  dialogs.push(dialog);
  return () => {
    const at = dialogs.indexOf(dialog);
    if (at >= 0) dialogs.splice(at, 1);
  };
}
