import { onBeforeUnmount, ref, shallowRef, watch, type Ref } from 'vue';
import { http } from '@/api/http';
import type { CoursePlay } from '@/generated/contracts';
import { mediaAddress, rebase } from '@/media/address';
import { attachHls, type HlsAttachment, type Quality } from '@/media/hls';
import { isPlaceToGoOn, rememberedPosition, rememberPosition } from '@/media/resume';
import { parseStoryboard, type StoryboardTile } from '@/media/storyboard';
import { MediaTicket } from '@/media/ticket';

/** What went wrong with the film, for the words on the page. */
export type FilmTrouble = 'expired' | 'unplayable';

export interface FilmUse {
  /** Goes on where the viewer stopped. */
  remembers: boolean;
  /** Nobody is signed in: a public course. */
  anonymous: boolean;
  /** Where it begins, whatever is remembered. */
  startMs: number | undefined;
}

/** A film in a video element: its stream, its ticket, its storyboard, and its state as refs. */
export function useFilm(video: Readonly<Ref<HTMLVideoElement | null>>, play: CoursePlay, { remembers, anonymous, startMs }: FilmUse) {
  const courseId = play.card.id;
  const position = ref(0);
  const durationMs = ref(play.card.durationMs);
  const bufferedMs = ref(0);
  const isPlaying = ref(false);
  const isWaiting = ref(false);
  /** The stream is attached to the element. */
  const isReady = ref(false);
  const qualities = shallowRef<Quality[]>([]);
  const trouble = ref<FilmTrouble | null>(null);
  const tiles = shallowRef<StoryboardTile[]>([]);
  const ticket = new MediaTicket(play, () => http.get<CoursePlay>(anonymous ? `/api/public/courses/${courseId}` : `/api/courses/${courseId}/play`));
  const storyboard = new URL(mediaAddress(play.mediaBase, play.storyboard), location.href).href;
  let attachment: HlsAttachment | null = null;
  let wasCounted = false;
  let isGone = false;

  const stop = watch(video, (element) => {
    if (!element) return;
    listen(element);
    void begin(element);
  }, { immediate: true, flush: 'post' });

  async function begin(element: HTMLVideoElement): Promise<void> {
    trouble.value = null;
    const at = startMs ?? (remembers ? startOf(play) : 0);
    const made = await attachHls(element, mediaAddress(play.mediaBase, play.hls), {
      separateSound: true,
      base: { issued: play.mediaBase, current: () => ticket.current },
      onQualities: (found) => {
        qualities.value = found;
      },
      onError: (status) => {
        trouble.value = status === 401 || status === 403 ? 'expired' : 'unplayable';
      },
    });
    if (isGone) {
      made.detach();
      return;
    }
    attachment = made;
    isReady.value = true;
    if (at > 0) element.currentTime = at / 1000;
    void loadStoryboard();
  }

  async function loadStoryboard(): Promise<void> {
    // Without its pictures the bar still shows times: a failure here is none of the viewer's business.
    const reply = await fetch(storyboard).catch(() => null);
    if (reply?.ok) tiles.value = parseStoryboard(await reply.text());
  }

  function listen(element: HTMLVideoElement): void {
    const on = (names: string, act: () => void) => names.split(' ').forEach((name) => element.addEventListener(name, act));
    on('timeupdate seeking seeked', () => {
      position.value = element.currentTime * 1000;
    });
    on('progress timeupdate', () => {
      bufferedMs.value = bufferedEnd(element) * 1000;
    });
    on('durationchange', () => {
      if (Number.isFinite(element.duration)) durationMs.value = element.duration * 1000;
    });
    on('play pause ended', () => {
      isPlaying.value = !element.paused;
      remember();
    });
    on('waiting', () => {
      isWaiting.value = true;
    });
    on('playing canplay pause', () => {
      isWaiting.value = false;
    });
    on('playing', count);
  }

  /** A film counts as played once a visit, when it really plays. */
  function count(): void {
    if (wasCounted || anonymous || play.card.state !== 'Published') return;
    wasCounted = true;
    http.post(`/api/courses/${courseId}/played`).catch(() => undefined);
  }

  function remember(): void {
    if (remembers && position.value > 0) rememberPosition(courseId, position.value, durationMs.value);
  }

  const memory = setInterval(remember, 5000);
  onBeforeUnmount(() => {
    isGone = true;
    remember();
    clearInterval(memory);
    stop();
    ticket.stop();
    attachment?.detach();
  });

  return {
    position, durationMs, bufferedMs, isPlaying, isWaiting, isReady, qualities, trouble, tiles,
    seek(ms: number): void {
      const element = video.value;
      if (element) element.currentTime = Math.min(Math.max(0, ms), durationMs.value) / 1000;
    },
    setQuality: (level: number) => attachment?.setQuality(level),
    imageOf: (tile: StoryboardTile) => rebase(new URL(tile.image, storyboard).href, play.mediaBase, ticket.current),
  };
}

/** Where this browser stopped, or else another device of the same viewer. */
function startOf({ card, resumeMs }: CoursePlay): number {
  const here = rememberedPosition(card.id, card.durationMs);
  return here > 0 ? here : isPlaceToGoOn(resumeMs, card.durationMs) ? resumeMs : 0;
}

function bufferedEnd(element: HTMLVideoElement): number {
  const { buffered, currentTime } = element;
  for (let at = 0; at < buffered.length; at++) {
    if (buffered.start(at) <= currentTime + 0.1 && buffered.end(at) >= currentTime) return buffered.end(at);
  }
  return currentTime;
}
