import { onScopeDispose, ref, watch } from 'vue';
import type { LessonSession } from '@/live/lesson';

/** The camera covers the page while an answer is photographed. */
export const isTakingPhoto = ref(false);

/** Tells the teacher whether the lesson is what this tablet shows. */
export function useLooking(session: LessonSession): void {
  function tell(): void {
    const isLooking = document.visibilityState === 'visible';
    if (isLooking) isTakingPhoto.value = false;
    else if (isTakingPhoto.value) return;
    // Told again with the next change or the next connection.
    if (session.hub.status.value === 'online') session.hub.command('TabletLooks', isLooking).catch(() => undefined);
  }

  // A file dialog covers the window without hiding the page.
  const onFocus = () => (isTakingPhoto.value = false);
  document.addEventListener('visibilitychange', tell);
  window.addEventListener('focus', onFocus);
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', tell);
    window.removeEventListener('focus', onFocus);
  });
  watch(session.hub.status, (status) => status === 'online' && tell());
}
