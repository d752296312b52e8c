import { computed, watch } from 'vue';
import { useRoute } from 'vue-router';
import { http } from '@/api/http';
import { useLoad } from '@/api/load';
import type { CoursePlay } from '@/generated/contracts';

/** A course that everybody may watch, and where its address says that it begins (`?t=` in seconds). */
export function usePublicCourse(id: () => string) {
  const route = useRoute();
  const { data: play, error, reload } = useLoad((signal) => http.get<CoursePlay>(`/api/public/courses/${encodeURIComponent(id())}`, { signal }));
  const startMs = computed(() => startOf(route.query.t));

  watch(id, () => {
    play.value = null;
    void reload();
  });
  return { play, error, reload, startMs };
}

/** "75" → 75000; undefined for what is no number of seconds. */
export function startOf(query: unknown): number | undefined {
  return typeof query === 'string' && /^\d{1,6}$/.test(query) ? Number(query) * 1000 : undefined;
}
