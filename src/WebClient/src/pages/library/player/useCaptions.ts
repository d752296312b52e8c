import { onScopeDispose, shallowRef, watch, type Ref } from 'vue';
import type { CueInfo } from '@/generated/contracts';

/** A video that iPhones show in a full screen of their own, where nothing of the page is over it. */
type PhoneVideo = HTMLVideoElement & { webkitDisplayingFullscreen?: boolean };

/**
 * Captions of a film in a video element. The browser keeps their time, the page draws them: so they can be read on a phone as on a panel.
 * @param isReady when the stream is attached: what attaches it clears the tracks that were there before.
 */
export function useCaptions(video: Readonly<Ref<HTMLVideoElement | null>>, isReady: Readonly<Ref<boolean>>, cues: readonly CueInfo[], label: string) {
  const lines = shallowRef<readonly string[]>([]);
  const stop = new AbortController();
  onScopeDispose(() => stop.abort());
  if (cues.length > 0) watch(isReady, (ready) => {
    if (ready && video.value) begin(video.value);
  });

  function begin(element: PhoneVideo): void {
    const track = element.addTextTrack('captions', label);
    for (const { fromMs, toMs, text } of cues) track.addCue(new VTTCue(fromMs / 1000, toMs / 1000, text));
    const show = () => {
      track.mode = element.webkitDisplayingFullscreen ? 'showing' : 'hidden';
    };
    track.addEventListener('cuechange', () => {
      lines.value = [...(track.activeCues ?? [])].map((cue) => (cue as VTTCue).text);
    }, { signal: stop.signal });
    for (const name of ['webkitbeginfullscreen', 'webkitendfullscreen']) element.addEventListener(name, show, { signal: stop.signal });
    show();
  }

  return lines;
}
