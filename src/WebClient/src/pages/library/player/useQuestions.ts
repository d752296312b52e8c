import { shallowRef, watch, type Ref } from 'vue';
import type { CoursePlay, FilmQuestion } from '@/generated/contracts';
import { QuestionStops } from '@/media/stops';

/** A video that iPhones show in a full screen of their own, over everything of the page. */
type PhoneVideo = HTMLVideoElement & { webkitExitFullscreen?: () => void };

/** Pauses a film at its questions. */
export function useQuestions(video: Readonly<Ref<HTMLVideoElement | null>>, play: CoursePlay, position: Readonly<Ref<number>>, isPlaying: Readonly<Ref<boolean>>) {
  const asked = shallowRef<FilmQuestion | null>(null);
  const stops = new QuestionStops(play.questions);

  if (play.questions.length > 0) watch([position, isPlaying], ([ms, playing]) => {
    if (asked.value) return;
    const found = stops.at(ms, playing);
    if (found) ask(found);
  });

  function ask(question: FilmQuestion): void {
    asked.value = question;
    video.value?.pause();
    // The question is on the page, not in the picture.
    (video.value as PhoneVideo | null)?.webkitExitFullscreen?.();
    if (document.pictureInPictureElement === video.value) void document.exitPictureInPicture();
  }

  return {
    asked,
    goOn(): void {
      asked.value = asked.value && stops.finish(asked.value.id);
      if (!asked.value) video.value?.play().catch(() => undefined);
    },
  };
}
