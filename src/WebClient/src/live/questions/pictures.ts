import { onScopeDispose, ref, watch, type Ref } from 'vue';
import type { LessonSession } from '../lesson';

/** Before the link to a photo expires. */
const renewMs = 12 * 60_000;

/** A link to a photo, asked for anew before it expires and after a lost connection; null while there is none. */
export function usePictureLink(session: LessonSession, questionId: () => string, pictureId: () => string | null): { url: Ref<string | null>; renew: () => void } {
  const url = ref<string | null>(null);
  const timer = setInterval(() => void load(), renewMs);
  onScopeDispose(() => clearInterval(timer));

  async function load(): Promise<void> {
    const id = pictureId();
    if (!id) return void (url.value = null);
    const link = await session.hub.call('AnswerPicture', questionId(), id).catch(() => null);
    if (link && id === pictureId()) url.value = link;
  }

  watch(pictureId, () => void load(), { immediate: true });
  return { url, renew: () => void load() };
}
