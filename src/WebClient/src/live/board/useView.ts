import { computed, onScopeDispose, reactive, ref, watch, type Ref } from 'vue';
import type { View } from './painter';

const largestZoom = 6;

/** A movement of two fingers that is not finished: the page is moved as it is, and drawn anew at its end. */
export interface Moving {
  scale: number;
  x: number;
  y: number;
}

/** Where the page lies on the screen: as large as it fits, or zoomed and moved. */
export function useView(element: Ref<HTMLElement | null>, aspect: () => number) {
  const size = reactive({ width: 1, height: 1 });
  const zoom = ref(1);
  const pan = reactive({ x: 0, y: 0 });
  const moving = ref<Moving | null>(null);
  const observer = new ResizeObserver(([entry]) => {
    if (entry) Object.assign(size, { width: Math.max(1, entry.contentRect.width), height: Math.max(1, entry.contentRect.height) });
  });
  watch(element, (next, before) => {
    if (before) observer.unobserve(before);
    if (next) observer.observe(next);
  });
  onScopeDispose(() => observer.disconnect());

  const view = computed<View>(() => {
    const width = Math.min(size.width, size.height * aspect()) * zoom.value;
    const height = width / aspect();
    return { width, height, left: (size.width - width) / 2 + bounded(pan.x, width, size.width), top: (size.height - height) / 2 + bounded(pan.y, height, size.height) };
  });

  /** Takes a movement for good. */
  function settle(): void {
    const move = moving.value;
    moving.value = null;
    if (!move) return;
    const before = view.value;
    const fit = before.width / zoom.value;
    zoom.value = Math.min(largestZoom, Math.max(1, zoom.value * move.scale));
    const width = fit * zoom.value;
    const scale = width / before.width;
    pan.x = before.left * scale + move.x - (size.width - width) / 2;
    pan.y = before.top * scale + move.y - (size.height - width / aspect()) / 2;
    pan.x = bounded(pan.x, width, size.width);
    pan.y = bounded(pan.y, width / aspect(), size.height);
  }

  function reset(): void {
    moving.value = null;
    zoom.value = 1;
    pan.x = pan.y = 0;
  }

  return { size, zoom, view, moving, settle, reset };
}

/** The page's edge never comes inside the screen's. */
function bounded(pan: number, page: number, screen: number): number {
  const most = Math.max(0, (page - screen) / 2);
  return Math.min(most, Math.max(-most, pan));
}
