import { computed, watch, type ComputedRef } from 'vue';
import type { LessonSession } from '../lesson';
import { applyPast } from '../state';
import { groupOf } from './state';

/** The subgroup this page is in; null: with the whole class. Coming to a group, the page is told what was said there before. */
export function useGroup(session: LessonSession): ComputedRef<string | null> {
  const { lesson, hub, own } = session;
  const group = computed(() => groupOf(lesson, own.value.participantId));

  async function catchUp(id: string): Promise<void> {
    const past = await hub.call('GroupPast', id).catch(() => []);
    if (group.value === id) applyPast(lesson, past);
  }

  watch(group, (id) => {
    if (id !== null) void catchUp(id);
  });
  return group;
}
