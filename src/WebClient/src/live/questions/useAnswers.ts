import { computed, onScopeDispose, type ComputedRef } from 'vue';
import { ApiFailure, http } from '@/api/http';
import type { AnswerValue } from '@/generated/contracts';
import type { LessonSession } from '../lesson';
import { currentQuestion, type GivenAnswer, type Question } from './fold';
import { AnswerQueue, type PendingAnswer, type SendState } from './queue';
import { answerStore } from './store';

export interface OwnAnswer {
  value: AnswerValue | null;
  /** Of a photo that is still on its way. */
  photo: Blob | null;
  given: GivenAnswer | null;
  state: SendState | null;
}

export interface Answers {
  current: ComputedRef<Question | null>;
  own: ComputedRef<OwnAnswer>;
  answer: (value: AnswerValue) => void;
  answerWithPhoto: (photo: Blob) => void;
}

/** The pupil's side of the questions: what is asked, and the own answer on its way. */
export function useAnswers(session: LessonSession, lessonId: string): Answers {
  const { lesson } = session;
  const queue = new AnswerQueue(send, answerStore(lessonId));
  void queue.restore();
  onScopeDispose(() => queue.stop());

  function send(pending: PendingAnswer): Promise<unknown> {
    return pending.photo ? sendPhoto(pending, pending.photo) : session.hub.commandAs(pending.key, 'AnswerQuestion', pending.questionId, pending.value!);
  }

  function sendPhoto(pending: PendingAnswer, photo: Blob): Promise<unknown> {
    const joined = session.reply.value;
    if (!joined) throw new ApiFailure(0, 'offline', '');
    return http.post(`/api/lessons/${joined.lesson.id}/questions/${pending.questionId}/picture`, photo, {
      query: { key: pending.key },
      bearer: joined.resumeToken,
      contentType: 'image/jpeg',
    });
  }

  const current = computed(() => currentQuestion(lesson));
  const own = computed<OwnAnswer>(() => {
    const id = current.value?.id ?? '';
    const pending = queue.pending.get(id);
    const given = current.value?.answers.get(session.own.value.participantId) ?? null;
    return { value: pending?.value ?? (pending ? null : (given?.value ?? null)), photo: pending?.photo ?? null, given, state: queue.states.get(id) ?? null };
  });

  return {
    current,
    own,
    answer: (value) => current.value && queue.answer(current.value.id, value),
    answerWithPhoto: (photo) => current.value && queue.answerWithPhoto(current.value.id, photo),
  };
}
