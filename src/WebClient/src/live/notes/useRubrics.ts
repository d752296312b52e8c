import { computed, ref, type ComputedRef, type Ref } from 'vue';
import { http } from '@/api/http';
import { useLoad, type Loaded } from '@/api/load';
import { recall, remember } from '@/api/ids';
import type { RubricRow } from '@/generated/contracts';

const chosenKey = 'classroom.rubric';

export interface Rubrics extends Loaded<RubricRow[]> {
  /** Id of the rubric that is used, remembered on this device. */
  chosen: Ref<string>;
  rubric: ComputedRef<RubricRow | null>;
}

/** The rubrics of the house, and the one that this observer uses. */
export function useRubrics(): Rubrics {
  const loaded = useLoad((signal) => http.get<RubricRow[]>('/api/rubrics', { signal }));
  const kept = ref(recall<string>(chosenKey) ?? '');
  const rubric = computed(() => loaded.data.value?.find((row) => row.id === kept.value) ?? loaded.data.value?.[0] ?? null);
  const chosen = computed({
    get: () => rubric.value?.id ?? '',
    set: (id) => {
      kept.value = id;
      remember(chosenKey, id);
    },
  });
  return { ...loaded, chosen, rubric };
}
