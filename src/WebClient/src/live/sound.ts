import { ref } from 'vue';

/** The browser did not let sound play before the first touch; the page then shows "tap to hear". */
export const soundBlocked = ref(false);

const waiting = new Set<HTMLMediaElement>();

/** Plays; what the browser holds back waits for the next touch. */
export async function play(element: HTMLMediaElement): Promise<void> {
  try {
    await element.play();
    waiting.delete(element);
    if (waiting.size === 0) soundBlocked.value = false;
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') return;
    waiting.add(element);
    soundBlocked.value = true;
  }
}

/** Called from a touch: everything that was held back starts. */
export function unlockSound(): void {
  soundBlocked.value = false;
  for (const element of [...waiting]) void play(element);
}

export function forget(element: HTMLMediaElement): void {
  waiting.delete(element);
  if (waiting.size === 0) soundBlocked.value = false;
}
