import { computed, type ComputedRef } from 'vue';
import type { LessonSession } from '../lesson';
import type { Question } from './fold';

export interface Countdown {
  /** Whole seconds left; null without a countdown or when it is over. */
  left: ComputedRef<number | null>;
  /** From 1 to 0. */
  part: ComputedRef<number>;
}

/** How much time a running question has, by the server's clock. */
export function useCountdown(session: LessonSession, question: () => Question | null): Countdown {
  const left = computed(() => {
    const { closesAt, stage } = question() ?? { closesAt: null, stage: 'closed' };
    return closesAt === null || stage !== 'running' ? null : Math.max(0, Math.ceil((closesAt - session.serverNow.value) / 1000));
  });
  const part = computed(() => {
    const asked = question();
    if (left.value === null || !asked?.closesAt) return 0;
    return Math.min(1, (left.value * 1000) / Math.max(1000, asked.closesAt - asked.askedAt));
  });
  return { left, part };
}
