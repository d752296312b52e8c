import { onScopeDispose, reactive } from 'vue';
import { toBar } from './level';
import type { LessonSession } from './lesson';

/** Loudness of everything received, by publication id, a few times a second. */
export function useRemoteLevels(session: LessonSession): Record<string, number> {
  const levels = reactive<Record<string, number>>({});
  const timer = setInterval(() => {
    for (const publication of session.lesson.publications.values()) {
      if (publication.kind !== 'Audio') continue;
      const level = toBar(session.subscribe.value?.level(publication.id) ?? 0);
      if (level !== levels[publication.id]) levels[publication.id] = level;
    }
  }, 150);
  onScopeDispose(() => clearInterval(timer));
  return levels;
}
