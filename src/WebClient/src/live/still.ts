import { onScopeDispose, ref, type Ref } from 'vue';

const lookMs = 2000;
/** A shared screen that does not change still sends a picture a second. */
const stillMs = 6000;

/** Tells a picture that stands still from one that moves, by the frames that were counted when it was looked at. */
export class StillWatch {
  private frames = -1;
  private since = 0;

  /** @returns whether no frame has come for too long. Times in milliseconds. */
  look(frames: number, now: number): boolean {
    if (frames !== this.frames) {
      this.frames = frames;
      this.since = now;
    }
    return now - this.since >= stillMs;
  }
}

/** Whether the shown picture has stopped, or never began: a class must not take an old picture for the live one. */
export function useFlow(video: () => HTMLVideoElement | undefined): Ref<'moving' | 'still' | 'none'> {
  const flow = ref<'moving' | 'still' | 'none'>('moving');
  let watched: HTMLVideoElement | undefined;
  let watch = new StillWatch();
  const timer = setInterval(() => {
    const shown = video();
    // A page in the background is not painted, so its frames are not counted.
    if (shown !== watched || document.hidden) watch = new StillWatch();
    watched = shown;
    const stands = !!shown && watch.look(shown.getVideoPlaybackQuality().totalVideoFrames, performance.now());
    flow.value = !stands ? 'moving' : shown.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? 'still' : 'none';
  }, lookMs);
  onScopeDispose(() => clearInterval(timer));
  return flow;
}
