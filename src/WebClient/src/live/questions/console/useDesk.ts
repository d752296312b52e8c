import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { http } from '@/api/http';
import { recall, remember } from '@/api/ids';
import { toastFailure } from '@/design/toast';
import type { QuestionDraft, QuestionRow, RightAnswer, RosterPupil } from '@/generated/contracts';
import type { LessonSession } from '../../lesson';
import { currentQuestion, type Question } from '../fold';
import { expectedPeople, type Expected } from '../people';

const secondsKey = 'classroom.question.seconds';
const extendSeconds = 30;

/** The teacher's side of the questions. */
export interface QuestionDesk {
  session: LessonSession;
  lessonId: string;
  current: ComputedRef<Question | null>;
  prepared: ShallowRef<QuestionRow[]>;
  expected: ComputedRef<Expected[]>;
  /** Countdown of questions that are made up on the spot; remembered. */
  seconds: Ref<number>;
  isBusy: Ref<boolean>;
  nextPrepared: ComputedRef<QuestionRow | null>;
  ask: (draft: QuestionDraft, preparedId?: string | null) => Promise<void>;
  close: () => Promise<void>;
  extend: () => Promise<void>;
  reveal: (answer: RightAnswer | null) => Promise<void>;
  finish: () => Promise<void>;
  mark: (question: Question, participantId: string, right: boolean) => Promise<void>;
  show: (question: Question, participantId: string | null) => Promise<void>;
}

export function useQuestionDesk(session: LessonSession, lessonId: string): QuestionDesk {
  const { lesson, hub } = session;
  const prepared = shallowRef<QuestionRow[]>([]);
  const roster = shallowRef<RosterPupil[]>([]);
  const seconds = ref(recall<number>(secondsKey) ?? 0);
  const isBusy = ref(false);
  const current = computed(() => currentQuestion(lesson));
  const expected = computed(() => expectedPeople(lesson, roster.value));
  const askedIds = computed(() => new Set(lesson.questions.asked.map((question) => question.preparedId)));
  const nextPrepared = computed(() => prepared.value.find((row) => !askedIds.value.has(row.id)) ?? null);
  watch(seconds, (chosen) => remember(secondsKey, chosen));

  async function load(): Promise<void> {
    const [rows, pupils] = await Promise.allSettled([http.get<QuestionRow[]>(`/api/lessons/${lessonId}/questions`), hub.call('ClassRoster')]);
    // Without them questions are asked all the same: the next visit of the page asks for them again.
    if (rows.status === 'fulfilled') prepared.value = rows.value;
    if (pupils.status === 'fulfilled') roster.value = pupils.value;
  }

  // The page to prepare them may be open beside this one.
  const onFocus = () => void load();
  window.addEventListener('focus', onFocus);
  onScopeDispose(() => window.removeEventListener('focus', onFocus));
  void load();

  async function run(step: () => Promise<unknown>): Promise<void> {
    isBusy.value = true;
    await step().catch(toastFailure);
    isBusy.value = false;
  }

  const id = () => current.value?.id ?? '';
  return {
    session,
    lessonId,
    current,
    prepared,
    expected,
    seconds,
    isBusy,
    nextPrepared,
    ask: (draft, preparedId = null) => run(() => hub.command('AskQuestion', draft, preparedId)),
    close: () => run(() => hub.command('CloseQuestion', id())),
    extend: () => run(() => hub.command('ExtendQuestion', id(), extendSeconds)),
    reveal: (answer) => run(() => hub.command('RevealQuestion', id(), answer)),
    finish: () => run(() => hub.command('FinishQuestion', id())),
    mark: (question, participantId, right) => run(() => hub.command('MarkAnswer', question.id, participantId, right)),
    show: (question, participantId) => run(() => hub.command('ShowAnswer', question.id, participantId)),
  };
}
