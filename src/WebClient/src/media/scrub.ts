import { ref, type Ref } from 'vue';

export interface Scrubbing {
  /** The bar whose width is the whole length. */
  bar: Readonly<Ref<HTMLElement | null>>;
  durationMs: () => number;
  position: () => number;
  seek: (ms: number) => void;
}

/** How far the keys move on a bar of time, milliseconds. */
const steps: Record<string, number> = { ArrowLeft: -5000, ArrowRight: 5000, PageDown: -30_000, PageUp: 30_000 };

/** Where a time lies on a bar of that length, within it. */
export function percentOf(ms: number, durationMs: number): string {
  return `${(Math.min(Math.max(0, ms), durationMs) / Math.max(1, durationMs)) * 100}%`;
}

/** The time under a place on a bar, within it. */
export function timeUnder(clientX: number, box: { left: number; width: number } | undefined, durationMs: number): number {
  return box && box.width > 0 ? Math.min(1, Math.max(0, (clientX - box.left) / box.width)) * durationMs : 0;
}

/** Seeking by dragging along a bar, and by its keys. */
export function useScrub({ bar, durationMs, position, seek }: Scrubbing) {
  const isScrubbing = ref(false);
  const timeAt = (clientX: number) => timeUnder(clientX, bar.value?.getBoundingClientRect(), durationMs());

  return {
    isScrubbing,
    timeAt,
    percent: (ms: number) => percentOf(ms, durationMs()),
    press(event: PointerEvent): void {
      if (event.button !== 0) return;
      isScrubbing.value = true;
      (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
      seek(timeAt(event.clientX));
    },
    move(event: PointerEvent): void {
      if (isScrubbing.value) seek(timeAt(event.clientX));
    },
    release(): void {
      isScrubbing.value = false;
    },
    onKey(event: KeyboardEvent): void {
      const step = steps[event.key];
      if (step === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      seek(Math.min(durationMs(), Math.max(0, position() + step)));
    },
  };
}
