import { onScopeDispose, reactive } from 'vue';
import { toBar } from './level';
import type { LessonSession } from './lesson';

/** Loudness of everything received, by publication id, a few times a second. */
export function useRemoteLevels(session: LessonSession): Record<string, number> {
  const levels = reactive<Record<string, number>>({});
  let isReading = false;
  const timer = setInterval(async () => {
    if (isReading) return;
    isReading = true;
    try {
      const heard = await session.subscribe.value?.levels();
      for (const publication of session.lesson.publications.values()) {
        const level = toBar(heard?.get(publication.id) ?? 0);
        if (publication.kind === 'Audio' && level !== levels[publication.id]) levels[publication.id] = level;
      }
    } finally {
      isReading = false;
    }
  }, 250);
  onScopeDispose(() => clearInterval(timer));
  return levels;
}
