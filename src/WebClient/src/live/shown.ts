import { shallowReactive } from 'vue';

/** A picture may be shown half as tall again as it was sent before anybody sees that it is. */
const stretch = 1.5;
/** Steps of lines that are told apart, so that a window that is dragged wider does not ask at every pixel. */
const step = 30;

/** Lines on the screen of every track that is shown, by element: the same picture may be shown twice. */
const shown = shallowReactive(new Map<HTMLElement, { track: MediaStreamTrack; lines: number }>());

/** Lines of a picture inside a box, in device pixels; aspect is width by height. */
export function shownLines(box: { width: number; height: number }, aspect: number, cover: boolean, ratio: number): number {
  const byWidth = box.width / aspect;
  const lines = cover ? Math.max(box.height, byWidth) : Math.min(box.height, byWidth);
  return Math.ceil((lines * ratio * stretch) / step) * step;
}

/** Keeps account of the size at which an element shows a track; returns how to end that. */
export function watchShown(video: HTMLVideoElement, track: MediaStreamTrack, cover: boolean): () => void {
  const measure = (): void => {
    const aspect = video.videoWidth > 0 ? video.videoWidth / video.videoHeight : 16 / 9;
    const lines = shownLines({ width: video.clientWidth, height: video.clientHeight }, aspect, cover, window.devicePixelRatio);
    if (shown.get(video)?.lines !== lines || shown.get(video)?.track !== track) shown.set(video, { track, lines });
  };
  const observer = new ResizeObserver(measure);
  observer.observe(video);
  measure();
  return () => {
    observer.disconnect();
    shown.delete(video);
  };
}

/** The lines to ask for, by publication id: at least 1, which is the smallest layer. */
export function linesById(ids: string[], tracks: Map<string, MediaStreamTrack> | undefined): Record<string, number> {
  const lines: Record<string, number> = {};
  for (const id of ids) {
    const track = tracks?.get(id);
    lines[id] = Math.max(1, ...[...shown.values()].filter((entry) => entry.track === track).map((entry) => entry.lines));
  }
  return lines;
}
